using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Secrets and e-mail addresses inside text that was encoded, up to three times over: base64 (<c>cGFzc3dvcmQ9…</c> is <c>password=…</c>),
/// also in lines and in the alphabet for URLs, hexadecimal digits, percent-encoding (<c>curl%20-u%20ada%3A…</c>), escapes and character
/// references (<see cref="EscapeRun"/>). What is encoded is decoded and read by the recognisers given; what they find is replaced as it
/// is encoded.
/// </summary>
/// <remarks>
/// Base64 is recognised by how the words of secrets look in it, which depends on where among three bytes a word starts, or by being text.
/// Each stretch is decoded once, and what it held is again looked through for encoded text; that is shorter each time, so all levels
/// together cost in proportion to the text.
/// </remarks>
internal sealed class EncodedText : Recognizer
{
    private const int MaxBefore = 1024;

    /// <summary>A large private key, encoded, fits in.</summary>
    private const int MaxLength = 12 * 1024;
    private const double Confidence = 0.85;

    /// <summary>Log lines hold text that was put into JSON, then into base64, then into an address; more is not met.</summary>
    private const int Levels = 3;

    // Words that secrets are under or start with, in the cases they are written in.
    private static readonly string[] s_words =
    [
        "passw", "Passw", "PASSW", "secret", "Secret", "SECRET", "token", "Token", "TOKEN", "api_key", "apiKey", "apikey", "API_KEY",
        "access_key", "Bearer ",
        "Authorization", "pwd=", "Pwd=", "://", "AKIA", "ASIA", "ghp_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk_live_",
        "sk-ant-", "PRIVATE KEY", "\"kty\"",
        "eyJhbGciOi", "Cookie: ", "curl -u",
    ];

    // One list for each level.
    [ThreadStatic]
    private static FindingList[]? t_found;

    private static readonly (string Text, int Place)[] s_encoded = Base64Run.Inside(s_words);
    private static readonly SearchValues<string> s_anyEncoded =
        SearchValues.Create([.. s_encoded.Select(e => e.Text)], StringComparison.Ordinal);

    private readonly LiteralIndex _inner;
    private readonly int _level;

    /// <param name="inner">What reads the decoded text.</param>
    public EncodedText(IReadOnlyList<Recognizer> inner)
        : this(inner, level: 0)
    {
    }

    private EncodedText(IReadOnlyList<Recognizer> inner, int level)
    {
        _level = level;
        _inner = new LiteralIndex(level + 1 < Levels ? [.. inner, new EncodedText(inner, level + 1)] : inner);
    }

    // The first is percent-encoding, the others are what EscapeRun reads.
    public override IReadOnlyList<Literal> Literals { get; } =
    [
        Literal.Shape("%xx", LiteralStart.Anywhere), Literal.Shape(@"\u00xx\u00xx", LiteralStart.Anywhere), new(@"\x2"), new(@"\x3"),
            new(@"\x4"), new(@"\x5"),
        new(@"\x6"), new(@"\x7"), new("&#"), new("&commat;"),
    ];

    // Nothing that matters is shorter in base64.
    public override CharacterPatterns CharacterPatterns => CharacterPatterns.LongWord;

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (at < findings.DecodedTo)
        {
            return;
        }

        if (literal == 0)
        {
            Search(text, PercentRun.Start(text, at, MaxBefore), Encoding.Percent, findings);
        }
        else if (EscapeRun.StartsAt(text, at))
        {
            Search(text, EscapeRun.Start(text, at, MaxBefore), Encoding.Escapes, findings);
        }
    }

    public override void MatchPattern(ReadOnlySpan<char> text, int at, CharacterPatterns pattern, FindingList findings)
    {
        if (at < findings.DecodedTo)
        {
            return;
        }

        if (HexRun.Start(text, at) is var start and >= 0)
        {
            Search(text, start, Encoding.Hexadecimal, findings);
        }
        else
        {
            SearchBase64(text, at, findings);
        }
    }

    // Each stretch is read once: places in it are passed over until its end.
    private void SearchBase64(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        var start = Math.Max(findings.DecodedTo, at - Alphabets.RunBefore(text, at, Base64Run.Alphabet, MaxBefore));
        var end = at + Alphabets.Run(text, at, Base64Run.Alphabet, MaxLength);
        findings.DecodedTo = end;

        // Names, identifiers and hashes lack capitals or digits for the most part.
        var run = text[start..end];
        if (!run.ContainsAnyInRange('A', 'Z') || !run.ContainsAnyInRange('a', 'z'))
        {
            return;
        }

        var isFound = false;
        for (var from = start; from < end && text[from..end].IndexOfAny(s_anyEncoded) is var next and >= 0;)
        {
            var found = from + next;
            foreach (var (word, place) in s_encoded)
            {
                if (found >= from && text[found..end].StartsWith(word, StringComparison.Ordinal))
                {
                    Search(text, Base64Run.Start(text, found, place, MaxBefore), Encoding.Base64, findings);
                    isFound = true;
                    from = Math.Max(found + 1, findings.DecodedTo);
                    findings.DecodedTo = Math.Max(end, findings.DecodedTo);
                    break;
                }
            }

            from = Math.Max(from, found + 1);
        }

        // A word would have shown if it was encoded once.
        if (!isFound && Base64Run.TextStart(run) is var first and >= 0)
        {
            Search(text, start + first, Encoding.Base64, findings);
            findings.DecodedTo = Math.Max(end, findings.DecodedTo);
            isFound = true;
        }

        if (isFound)
        {
            // Where it starts is counted from the line before.
            findings.Doubt(start, Math.Max(0, start - Base64Run.MaxBreak - 1), end);
        }
    }

    private void Search(ReadOnlySpan<char> text, int start, Encoding encoding, FindingList findings)
    {
        var plain = ArrayPool<char>.Shared.Rent(MaxLength);
        var origins = ArrayPool<int>.Shared.Rent(MaxLength);
        try
        {
            var end = start;
            var count = encoding switch
            {
                Encoding.Base64 => Base64Run.Decode(text, start, plain.AsSpan(0, MaxLength), origins.AsSpan(0, MaxLength), out end),
                Encoding.Hexadecimal => HexRun.Decode(text, start, plain.AsSpan(0, MaxLength), origins.AsSpan(0, MaxLength), out end),
                Encoding.Escapes => EscapeRun.Decode(text, start, plain.AsSpan(0, MaxLength), origins.AsSpan(0, MaxLength), out end),
                _ => PercentRun.Decode(text, start, plain.AsSpan(0, MaxLength), origins.AsSpan(0, MaxLength), out end),
            };
            findings.DecodedTo = end;
            findings.Doubt(start, end);

            var found = (t_found ??= [.. Enumerable.Range(0, Levels).Select(_ => new FindingList())])[_level];
            found.Clear();
            _inner.Match(plain.AsSpan(0, count), found);
            found.Settle();
            for (var i = 0; i < found.Count; i++)
            {
                var finding = found[i];
                var last = finding.End == count ? end
                    : encoding == Encoding.Base64 ? Base64Run.EndOf(text, origins[finding.End - 1], end)
                    : origins[finding.End];
                findings.Add(finding.Type, origins[finding.Start], last, Confidence);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<int>.Shared.Return(origins);
        }
    }

    private enum Encoding
    {
        Base64,
        Hexadecimal,
        Percent,
        Escapes,
    }
}
