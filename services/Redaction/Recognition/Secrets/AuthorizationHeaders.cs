using System.Buffers.Text;
using System.Text;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Credentials of HTTP authentication, in a header or on their own: <c>Authorization: Basic …</c>, <c>Bearer …</c>, <c>Digest …
/// response="…"</c>, <c>AWS4-HMAC-SHA256 Credential=…, Signature=…</c>, <c>Token token=…</c>, <c>SSWS …</c>.
/// </summary>
internal sealed class AuthorizationHeaders : Recognizer
{
    private const int MaxToken = 8192;
    private const int MaxParameters = 2048;
    private const int Header = 0;
    private const int Basic = 2;

    // Schemes of the IANA registry and of vendors that are followed by one token.
    private static readonly string[] s_schemes =
        ["Bearer", "Basic", "Token", "ApiKey", "Api-Key", "SSWS", "Key", "JWT", "OAuth", "Negotiate", "NTLM", "GenieKey", "Splunk", "Bot",
        "DPoP"];

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        new("authorization", LiteralStart.AtBoundary), new("bearer ", LiteralStart.AtBoundary), new("basic ", LiteralStart.AtBoundary),
        new("SSWS ", LiteralStart.AtBoundary), new("bearer%20", LiteralStart.AtBoundary), new("GenieKey ", LiteralStart.AtBoundary),
        new("Negotiate ", LiteralStart.AtBoundary), new("NTLM ", LiteralStart.AtBoundary), new("token=", LiteralStart.AtBoundary),
            new("Splunk ", LiteralStart.AtBoundary),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var end = at + Literals[literal].Text.Length;
        if (literal == Header)
        {
            var known = findings.Count;
            MatchHeader(text, end, findings);
            findings.DoubtUnlessFound(known, at, Boundary.LineEnd(text, end, MaxParameters));
            return;
        }

        var token = Token(text, end);
        var span = text[end..token];
        if (literal == Basic ? HoldsUserAndPassword(span) : LooksIssued(span))
        {
            findings.Add(FindingTypes.AuthorizationHeader, end, token, 0.9);
        }
        else
        {
            findings.Doubt(at, token);
        }
    }

    private static void MatchHeader(ReadOnlySpan<char> text, int nameEnd, FindingList findings)
    {
        var link = NameLink.After(text, nameEnd, 8);
        if (link.Kind is not (LinkKind.Colon or LinkKind.Equals))
        {
            return;
        }

        var at = link.ValueStart;
        while (at < text.Length && text[at] is '"' or '\'' or '\\' or '`' or '[')
        {
            at++;
        }

        foreach (var scheme in s_schemes)
        {
            if (text[at..].StartsWith(scheme, StringComparison.OrdinalIgnoreCase) && at + scheme.Length < text.Length
                && text[at + scheme.Length] is ' ' or '%' or '+')
            {
                var start = at + scheme.Length + (text[at + scheme.Length] == '%' ? 3 : 1);
                start = Math.Min(start, text.Length);
                if (text[start..].StartsWith("token=", StringComparison.OrdinalIgnoreCase))
                {
                    start += "token=".Length;
                }

                var end = Token(text, start);
                if (end - start >= 4 && !SecretValue.IsStandIn(text[start..end]))
                {
                    findings.Add(FindingTypes.AuthorizationHeader, start, end, 0.95);
                }

                return;
            }
        }

        if (text[at..].StartsWith("Digest ", StringComparison.OrdinalIgnoreCase) || text[at..]
            .StartsWith("AWS4", StringComparison.OrdinalIgnoreCase)
            || text[at..].StartsWith("Signature ", StringComparison.OrdinalIgnoreCase) || text[at..]
            .StartsWith("Hawk ", StringComparison.OrdinalIgnoreCase))
        {
            MatchParameters(text, at, findings);
            return;
        }

        var bare = Token(text, at);
        if (LooksIssued(text[at..bare]))
        {
            findings.Add(FindingTypes.AuthorizationHeader, at, bare, 0.9);
        }
    }

    // Digest username="…", nonce="…", response="…": only what proves knowledge of the secret goes, the rest says who failed where.
    private static void MatchParameters(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        var line = text[at..Boundary.LineEnd(text, at, MaxParameters)];
        findings.Doubt(at, at + line.Length);
        foreach (var name in (ReadOnlySpan<string>)["response=", "Signature=", "cnonce=", "mac=", "nonce="])
        {
            var found = line.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (found >= 0)
            {
                var value = ValueSpan.At(text, at + found + name.Length);
                findings.Add(FindingTypes.AuthorizationHeader, value.Start, value.End, 0.95);
            }
        }
    }

    private static int Token(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
        {
            return text.Length;
        }

        var token = text.Slice(at, Alphabets.Run(text, at, Alphabets.HeaderToken, MaxToken));
        return at + token.TrimEnd(@".,;:\").Length;
    }

    // "Bearer token is missing" names none; a token is long and not a word.
    private static bool LooksIssued(ReadOnlySpan<char> token) =>
        token.Length >= 16 && !SecretValue.IsStandIn(token)
        && (token.ContainsAnyInRange('0', '9') || token.Length >= 32) && token.ContainsAnyInRange('A', 'z');

    private static bool HoldsUserAndPassword(ReadOnlySpan<char> token)
    {
        token = token.TrimEnd('=');
        if (token.Length is < 6 or > 512 || token.ContainsAnyExcept(Alphabets.Base64))
        {
            return false;
        }

        Span<byte> ascii = stackalloc byte[512];
        Span<byte> decoded = stackalloc byte[512];
        var whole = token.Length / 4 * 4;
        return Ascii.FromUtf16(token[..whole], ascii, out _) == System.Buffers.OperationStatus.Done
            && Base64.DecodeFromUtf8(ascii[..whole], decoded, out _, out var written) == System.Buffers.OperationStatus.Done
            && decoded[..written].Contains((byte)':');
    }
}
