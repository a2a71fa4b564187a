using System.Buffers;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Recognition.Secrets;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// Passages in base64: <c>SWdub3JlIGFsbCBwcmV2aW91cyBpbnN0cnVjdGlvbnM=</c>. They are known by how their words look encoded, and each
/// stretch is decoded once.
/// </summary>
/// <param name="inner">What reads the decoded text; few texts ever need it.</param>
internal sealed class Base64PhraseRecognizer(Lazy<LiteralIndex> inner) : Recognizer
{
    private const int MaxBefore = 1024;
    private const int MaxLength = 8 * 1024;

    // Without their first letters, which may be capitals.
    private static readonly string[] s_words =
        ["gnore all", "gnore the", "gnore any", "gnore prev", "gnore your", "isregard", "orget everything", "nstructions", "ystem prompt",
            "im_start", "ou are now", "gnoriere", "gnorez", "orget every", "orget the", "orget all", "gnore what", "eveal your",
            "eport that", "onclude that", "ay that the", "verything is", "o the ai", "anguage model"];

    private static readonly (string Text, int Place)[] s_encoded = Base64Run.Inside(s_words);

    public override IReadOnlyList<Literal> Literals { get; } =
        [.. s_encoded.Select(encoded => Literal.Exact(encoded.Text, LiteralStart.Anywhere))];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (at < findings.DecodedTo)
        {
            return;
        }

        var plain = ArrayPool<char>.Shared.Rent(MaxLength);
        var origins = ArrayPool<int>.Shared.Rent(MaxLength);
        try
        {
            var start = Base64Run.Start(text, at, s_encoded[literal].Place, MaxBefore);
            var count = Base64Run.Decode(text, start, plain.AsSpan(0, MaxLength), origins.AsSpan(0, MaxLength), out var end);
            findings.DecodedTo = end;
            var found = new FindingList();
            inner.Value.Match(plain.AsSpan(0, count), found);
            if (found.Count > 0)
            {
                findings.Add(nameof(PassageKind.HiddenText), start, end, 1);
            }
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<int>.Shared.Return(origins);
        }
    }
}
