using System.Buffers;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Finds what must not leave in a text, in time proportional to its length. Stateless, so one engine serves all threads.
/// </summary>
internal sealed class RecognitionEngine
{
    private readonly LiteralIndex _index;

    public RecognitionEngine(IReadOnlyList<Recognizer> recognizers) => _index = new LiteralIndex(recognizers);

    /// <summary>An engine with every recogniser we ship.</summary>
    public static RecognitionEngine CreateDefault() => new(RecognizerCatalogue.All());

    /// <summary>Fills <paramref name="findings"/> with the findings in a text, in order and disjoint.</summary>
    public void Find(ReadOnlySpan<char> text, FindingList findings)
    {
        findings.Clear();
        if (Disguises.AreIn(text))
        {
            FindAsItLooks(text, findings);
        }
        else
        {
            FindIn(text, findings);
        }
    }

    private void FindIn(ReadOnlySpan<char> text, FindingList findings)
    {
        _index.Match(text, findings);
        findings.Settle();
        Placeholder.Spare(text, findings);
        Repeats.Find(text, findings);
        findings.Settle();
    }

    private void FindAsItLooks(ReadOnlySpan<char> text, FindingList findings)
    {
        var plain = ArrayPool<char>.Shared.Rent(text.Length);
        var origins = ArrayPool<int>.Shared.Rent(text.Length);
        try
        {
            var count = Disguises.Undo(text, plain, origins);
            FindIn(plain.AsSpan(0, count), findings);
            findings.MoveTo(origins.AsSpan(0, count), text.Length);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<int>.Shared.Return(origins);
        }
    }
}
