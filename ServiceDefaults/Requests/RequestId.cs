using System.Text.RegularExpressions;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// The <c>request_id</c> of a create (google.aip.dev/155). Ids that services give themselves contain a <c>/</c> or a <c>:</c>, so no
/// caller can take them.
/// </summary>
public static partial class RequestId
{
    /// <summary>Checks the id; the empty one, which means that the caller wants no protection against repeats, passes.</summary>
    public static string Parse(string requestId) => requestId.Length == 0 || Shape().IsMatch(requestId)
        ? requestId
        : throw RpcFault.InvalidField("request_id", "must have 1 to 64 letters, digits or hyphens");

    /// <summary>Whether it is an id that a caller may give, and not empty.</summary>
    public static bool IsValid(string requestId) => Shape().IsMatch(requestId);

    // Not $, which also matches before a final line feed.
    [GeneratedRegex(@"^[A-Za-z0-9-]{1,64}\z")]
    private static partial Regex Shape();
}
