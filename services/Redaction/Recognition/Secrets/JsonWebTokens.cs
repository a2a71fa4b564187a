namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// JSON Web Tokens, signed, encrypted or cut short: <c>eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYWRlLXVwIn0.c2lnbmF0dXJl</c> (RFC 7519, compact
/// form).
/// </summary>
internal sealed class JsonWebTokens : Recognizer
{
    private const int MaxSegment = 8192;
    private const int ShortestHeader = 12;
    private const int ShortestPayload = 8;
    private const int MaxSegments = 5;

    // Base64 of {"alg":", {"typ":", {"kid":", {"enc":", {"x5t":": a header alone says what follows.
    private static readonly string[] s_headers = ["eyJhbGciOi", "eyJ0eXAiOi", "eyJraWQiOi", "eyJlbmMiOi", "eyJ4NXQiOi"];

    public override IReadOnlyList<Literal> Literals { get; } = [Literal.Exact("eyJ")];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var header = Alphabets.Run(text, at, Alphabets.Base64Url, MaxSegment);
        var end = at + header;
        var segments = 1;
        while (segments < MaxSegments && end + 1 < text.Length && text[end] == '.')
        {
            var length = Alphabets.Run(text, end + 1, Alphabets.Base64Url, MaxSegment);
            if (length < (segments == 1 ? ShortestPayload : 1))
            {
                break;
            }

            end += 1 + length;
            segments++;
        }

        var isCut = header >= 20 && StartsAsHeader(text[at..]);
        if (header >= ShortestHeader && (segments > 1 || isCut))
        {
            findings.Add(FindingTypes.Jwt, at, end, 0.99);
        }
        else
        {
            findings.Doubt(at, end);
        }
    }

    private static bool StartsAsHeader(ReadOnlySpan<char> text)
    {
        foreach (var header in s_headers)
        {
            if (text.StartsWith(header, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
