using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.ServiceDefaults.Paging;

/// <summary>Pages of lists (google.aip.dev/158).</summary>
public static class Page
{
    /// <summary>
    /// The page size to use for the one asked for: 0 means <paramref name="default"/>, above <paramref name="max"/> means that, negative is
    /// refused.
    /// </summary>
    public static int Size(int requested, int @default, int max) => requested switch
    {
        < 0 => throw RpcFault.InvalidField("page_size", "must not be negative"),
        0 => @default,
        _ => Math.Min(requested, max),
    };
}
