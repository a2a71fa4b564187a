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
        _index.Match(text, findings);
        findings.Settle();
        Placeholder.Spare(text, findings);
    }
}
