using System.Buffers.Text;
using System.Globalization;
using System.Text;
using FaultMaven.Protos.Errors.V1;
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

/// <summary>Opaque places in a list.</summary>
public static class PageToken
{
    /// <summary>The token for the page that begins at <paramref name="offset"/> of the list that <paramref name="list"/> names.</summary>
    public static string Encode(string list, long offset) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{offset} {list}")));

    /// <summary>The offset in a token; 0 for the empty token. A token of another list is refused.</summary>
    public static long Decode(string list, string token)
    {
        if (token.Length == 0)
        {
            return 0;
        }

        if (Base64Url.IsValid(token)
            && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(' ', 2) is [var offset, var name]
            && name == list
            && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            return value;
        }

        throw RpcFault.InvalidArgument(
            ErrorReason.InvalidPageToken, "page_token is not one that this list gave out.", ("page_token", token));
    }
}
