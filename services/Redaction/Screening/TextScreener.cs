using System.Buffers;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Screening.Instructions;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// Finds the passages of a text that look like prompt injection, in time proportional to its length: literals are
/// looked for in one pass, and only around them a form is compared, in a window of fixed size.
/// </summary>
internal static class TextScreener
{
    /// <summary>How far a passage reaches from where it shows, at most.</summary>
    private const int MaxLength = 500;

    private static readonly LiteralIndex s_index = CreateIndex();

    /// <summary>Fills <paramref name="passages"/> with the passages of a text, in order and disjoint.</summary>
    public static void Screen(ReadOnlySpan<char> text, PassageList passages)
    {
        passages.Clear();
        if (Homoglyphs.AreIn(text))
        {
            ScreenAsItLooks(text, passages);
        }
        else
        {
            s_index.Match(text, passages.Found);
        }

        passages.AddFound();
        HiddenText.Find(text, passages);
        passages.Settle();
    }

    /// <summary>Where a passage ends that shows at a place.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int at) => TextPlace.LineEnd(text, at, MaxLength);

    // "i\u200bgnore", full-width and look-alike letters: it is read as it looks, and flagged as it is.
    private static void ScreenAsItLooks(ReadOnlySpan<char> text, PassageList passages)
    {
        var plain = ArrayPool<char>.Shared.Rent(text.Length);
        var hidden = ArrayPool<int>.Shared.Rent(text.Length);
        try
        {
            var count = Homoglyphs.Undo(text, plain, hidden, out var hiddenCount);
            s_index.Match(plain.AsSpan(0, count), passages.Found);
            passages.Found.MoveTo(hidden.AsSpan(0, hiddenCount), text.Length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<int>.Shared.Return(hidden);
        }
    }

    private static LiteralIndex CreateIndex()
    {
        Recognizer[] plain = [new PhraseRecognizer([.. MarkerRules.All, .. DelimiterRules.All, .. ExfiltrationRules.All]),
            new InstructionReader()];
        var inner = new Lazy<LiteralIndex>(() => new LiteralIndex(plain));
        return new LiteralIndex([.. plain, new Base64PhraseRecognizer(inner), new ObfuscatedPhraseRecognizer(inner)]);
    }
}
