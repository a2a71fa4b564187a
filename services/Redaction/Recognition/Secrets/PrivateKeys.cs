using System.Buffers.Text;
using System.Text;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Private keys: PEM (RFC 7468) and OpenSSH between their BEGIN and END lines, also escaped, quoted, indented or behind log prefixes;
/// PuTTY files; bodies that lost their BEGIN line; keys that were encoded to base64 once more. Public keys and certificates stay.
/// </summary>
internal sealed class PrivateKeys : Recognizer
{
    private const int MaxKey = 16 * 1024;
    private const int MaxLine = 512;
    private const int ShortestBody = 16;

    private const int Begin = 0;
    private const int BeginSsh2 = 1;
    private const int Putty = 2;
    private const int OpenSshBody = 3;
    private const int EncodedPem = 4;
    private const int Der = 5;

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        new("-----BEGIN"), new("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY"), new("PuTTY-User-Key-File-"),
        Literal.Exact("b3BlbnNzaC1rZXkt"), Literal.Exact("LS0tLS1CRUdJTi"), Literal.Exact("MI"),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var end = literal switch
        {
            Begin => PemEnd(text, at),
            BeginSsh2 => Closed(text, at, "---- END SSH2 ENCRYPTED PRIVATE KEY ----"),
            Putty => PuttyEnd(text, at),
            OpenSshBody => BodyEnd(text, at),
            EncodedPem when HoldsPrivateKey(text[at..]) => BodyEnd(text, at),
            Der when IsPrivateKeyInfo(text[at..]) => BodyEnd(text, at),
            _ => at,
        };

        findings.Add(FindingTypes.PrivateKey, at, end, 0.99);
        if (end == at)
        {
            findings.Doubt(at, Math.Min(text.Length, at + MaxKey));
        }
    }

    private static int PemEnd(ReadOnlySpan<char> text, int at)
    {
        // "-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN PGP PRIVATE KEY BLOCK-----"; dashes may be escaped or lost at the end.
        var label = text.Slice(at, Math.Min(80, text.Length - at));
        var name = label.IndexOf("PRIVATE KEY", StringComparison.Ordinal);
        if (name < 0 || label[..name].ContainsAny('\n', '"'))
        {
            return at;
        }

        var body = at + name + "PRIVATE KEY".Length;
        var ahead = text.Slice(body, Math.Min(MaxKey, text.Length - body));
        var next = ahead.IndexOf("-----BEGIN", StringComparison.Ordinal);
        ahead = next < 0 ? ahead : ahead[..next];
        var end = ahead.IndexOf("-----END", StringComparison.Ordinal);
        if (end < 0)
        {
            return BodyEnd(text[..(body + ahead.Length)], body) is var cut && cut > body ? cut : at;
        }

        if (!HasBody(ahead[..end]))
        {
            return at;
        }

        // Up to the dashes that close the END line.
        var line = text[(body + end + 5)..];
        var dashes = line[..Math.Min(80, line.Length)].IndexOf("-----", StringComparison.Ordinal);
        return body + end + 5 + (dashes < 0 ? 3 : dashes + 5);
    }

    private static int Closed(ReadOnlySpan<char> text, int at, string mark)
    {
        var end = text.Slice(at, Math.Min(MaxKey, text.Length - at)).IndexOf(mark, StringComparison.Ordinal);
        return end < 0 ? BodyEnd(text, at) : at + end + mark.Length;
    }

    // PuTTY-User-Key-File-3: ssh-ed25519 … Private-Lines: 1 … Private-MAC: 0123…
    private static int PuttyEnd(ReadOnlySpan<char> text, int at)
    {
        const string Mac = "Private-MAC:";
        var ahead = text.Slice(at, Math.Min(MaxKey, text.Length - at));
        var mac = ahead.IndexOf(Mac, StringComparison.Ordinal);
        if (mac >= 0)
        {
            return Boundary.LineEnd(text, at + mac, MaxLine);
        }

        var lines = ahead.IndexOf("Private-Lines:", StringComparison.Ordinal);
        return lines < 0 ? at : BodyEnd(text, Boundary.LineEnd(text, at + lines, MaxLine));
    }

    // Lines that are base64 for the most part, and the headers and blank lines before them.
    private static int BodyEnd(ReadOnlySpan<char> text, int at)
    {
        var limit = Math.Min(text.Length, at + MaxKey);
        var end = at;
        var seen = false;
        for (var line = at; line < limit;)
        {
            var lineEnd = Boundary.LineEnd(text, line, limit - line);
            var content = text[line..lineEnd];
            var longest = LongestRun(content, out var runEnd, out var inRuns);
            if (longest >= ShortestBody && inRuns * 3 >= Placeholder.Without(content).Length)
            {
                seen = true;
                end = line + runEnd;
            }
            else if (seen && longest > 0 && longest == content.Trim().Length && !content.ContainsAny(' ', '_'))
            {
                return line + content.TrimEnd().Length;
            }
            else if (seen || (content.Trim("\\nr\"' -+,").Length > 0 && !content.Contains(':')))
            {
                return end;
            }

            line = lineEnd + 1;
        }

        return end;
    }

    private static bool HasBody(ReadOnlySpan<char> between) => LongestRun(between, out _, out _) >= ShortestBody;

    // Escaped line breaks leave many runs on one line.
    private static int LongestRun(ReadOnlySpan<char> text, out int lastEnd, out int inRuns)
    {
        var longest = 0;
        lastEnd = 0;
        inRuns = 0;
        for (var i = 0; i < text.Length;)
        {
            var run = Alphabets.Run(text, i, Alphabets.Base64, text.Length);
            longest = Math.Max(longest, run);
            lastEnd = run >= ShortestBody ? i + run : lastEnd;
            inRuns += run >= ShortestBody ? run : 0;
            i += run + 1;
        }

        return longest;
    }

    // Base64 of a whole PEM file, as Kubernetes secrets and CI variables hold it; certificates start alike.
    private static bool HoldsPrivateKey(ReadOnlySpan<char> text)
    {
        Span<byte> decoded = stackalloc byte[48];
        return TryDecode(text, decoded) && decoded.IndexOf("PRIVATE"u8) > 0;
    }

    // DER: SEQUENCE, then INTEGER 0 (PKCS#1, PKCS#8) or INTEGER 1 and OCTET STRING (SEC 1). What is public starts SEQUENCE, SEQUENCE.
    private static bool IsPrivateKeyInfo(ReadOnlySpan<char> text)
    {
        Span<byte> der = stackalloc byte[12];
        if (Alphabets.Run(text, 0, Alphabets.Base64, 60) < 60 || !TryDecode(text, der) || der[0] != 0x30)
        {
            return false;
        }

        var content = (der[1] & 0x80) == 0 ? 2 : 2 + (der[1] & 0x7F);
        return content <= 4 && der[content] == 0x02 && der[content + 1] == 0x01
            && ((der[content + 2] == 0 && der[content + 3] is 0x02 or 0x30) || (der[content + 2] == 1 && der[content + 3] == 0x04));
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> decoded)
    {
        Span<byte> ascii = stackalloc byte[64];
        ascii = ascii[..(decoded.Length / 3 * 4)];
        return text.Length >= ascii.Length
            && Ascii.FromUtf16(text[..ascii.Length], ascii, out _) == System.Buffers.OperationStatus.Done
            && Base64.DecodeFromUtf8(ascii, decoded, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == decoded.Length;
    }
}
