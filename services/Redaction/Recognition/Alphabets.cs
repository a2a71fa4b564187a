using System.Buffers;

namespace FaultMaven.Redaction.Recognition;

/// <summary>The characters that credentials are made of.</summary>
internal static class Alphabets
{
    private const string DecimalDigits = "0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static readonly SearchValues<char> Digits = SearchValues.Create(DecimalDigits);
    public static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    public static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    public static readonly SearchValues<char> HexDashed = SearchValues.Create("0123456789abcdefABCDEF-");
    public static readonly SearchValues<char> UpperAlphanumeric = SearchValues.Create(Upper + DecimalDigits);
    public static readonly SearchValues<char> LowerAlphanumeric = SearchValues.Create(Lower + DecimalDigits);
    public static readonly SearchValues<char> LowerAlphanumericDashed = SearchValues.Create(Lower + DecimalDigits + "-");
    public static readonly SearchValues<char> Alphanumeric = SearchValues.Create(Lower + Upper + DecimalDigits);
    public static readonly SearchValues<char> Word = SearchValues.Create(Lower + Upper + DecimalDigits + "_");
    public static readonly SearchValues<char> Base64Url = SearchValues.Create(Lower + Upper + DecimalDigits + "_-");
    public static readonly SearchValues<char> Base64UrlDotted = SearchValues.Create(Lower + Upper + DecimalDigits + "_-.");
    public static readonly SearchValues<char> Base64 = SearchValues.Create(Lower + Upper + DecimalDigits + "+/=");
    public static readonly SearchValues<char> UrlPath = SearchValues.Create(Lower + Upper + DecimalDigits + "_-/@");
    public static readonly SearchValues<char> PaymentToken = SearchValues.Create(Lower + DecimalDigits + "$");
    public static readonly SearchValues<char> AirtableToken = SearchValues.Create(Lower + Upper + DecimalDigits + ".");
    public static readonly SearchValues<char> Token = SearchValues.Create(Lower + Upper + DecimalDigits + "_-.~+/=%\\");

    public static readonly SearchValues<char> Letters = SearchValues.Create(Lower + Upper);
    public static readonly SearchValues<char> WordBreaks = SearchValues.Create(" \t\r\n\"'<>(),;=?/");
    public static readonly SearchValues<char> HexLetters = SearchValues.Create("abcdefABCDEF");
    public static readonly SearchValues<char> Ipv6 = SearchValues.Create("0123456789abcdefABCDEF:.");
    public static readonly SearchValues<char> HeaderToken = SearchValues.Create(Lower + Upper + DecimalDigits + "_-.~+/=%:|!$*");
    public static readonly SearchValues<char> ClientSecret = SearchValues.Create(Lower + Upper + DecimalDigits + "_-.~");
    public static readonly SearchValues<char> Calls = SearchValues.Create(Lower + Upper + DecimalDigits + "_.:$->");
    public static readonly SearchValues<char> EncodedDigits = SearchValues.Create("AEIMQUYcgk");
    public static readonly SearchValues<char> Documents = SearchValues.Create(Upper + DecimalDigits + "-");
    public static readonly SearchValues<char> Padding = SearchValues.Create("=");
    public static readonly SearchValues<char> Blanks = SearchValues.Create(" \t");
    public static readonly SearchValues<char> BlockHints = SearchValues.Create("+-123456789");
    public static readonly SearchValues<char> ListGap = SearchValues.Create(",\"' ");

    /// <summary>How many characters of an alphabet follow, at most <paramref name="limit"/>.</summary>
    public static int Run(ReadOnlySpan<char> text, int at, SearchValues<char> alphabet, int limit)
    {
        var ahead = text.Slice(at, Math.Min(limit, text.Length - at));
        var length = ahead.IndexOfAnyExcept(alphabet);
        return length < 0 ? ahead.Length : length;
    }

    /// <summary>How many characters of an alphabet are before a place, at most <paramref name="limit"/>.</summary>
    public static int RunBefore(ReadOnlySpan<char> text, int at, SearchValues<char> alphabet, int limit)
    {
        var behind = text.Slice(Math.Max(0, at - limit), Math.Min(limit, at));
        return behind.Length - 1 - behind.LastIndexOfAnyExcept(alphabet);
    }
}
