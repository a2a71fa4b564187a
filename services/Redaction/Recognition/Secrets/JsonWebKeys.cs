namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// The private members of JSON Web Keys: <c>{"kty":"EC","crv":"P-256","x":"…","d":"…"}</c> (RFC 7518, sections 6.2 to 6.4). What is
/// public in a key stays.
/// </summary>
internal sealed class JsonWebKeys : Recognizer
{
    private const int Shortest = 16;
    private const int Longest = 2048;
    private const int Near = 4096;

    public override IReadOnlyList<Literal> Literals { get; } =
        Array.ConvertAll<string, Literal>(["d", "k", "p", "q", "dp", "dq", "qi"], name => new($"\"{name}\""));

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var link = NameLink.After(text, at + Literals[literal].Text.Length - 1, 4);
        if (link.Kind != LinkKind.Colon || text[link.ValueStart] != '"')
        {
            return;
        }

        var start = link.ValueStart + 1;
        var length = Alphabets.Run(text, start, Alphabets.Base64Url, Longest);
        if (length >= Shortest && start + length < text.Length && text[start + length] == '"' && IsInKey(text, at))
        {
            findings.Add(FindingTypes.PrivateKey, start, start + length, 0.95);
        }
        else
        {
            findings.Doubt(at, start + length);
        }
    }

    // The type of a key may be before its members or behind them.
    private static bool IsInKey(ReadOnlySpan<char> text, int at) =>
        text[Math.Max(0, at - Near)..Math.Min(text.Length, at + Near)].Contains("\"kty\"", StringComparison.Ordinal);
}
