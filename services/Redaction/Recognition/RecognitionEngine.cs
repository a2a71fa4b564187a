using System.Buffers;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Finds what must not leave in a text, in time proportional to its length. Stateless, so one engine serves all threads.
/// </summary>
internal sealed class RecognitionEngine
{
    private readonly LiteralIndex _index;
    private readonly Refinement? _refine;

    public RecognitionEngine(IReadOnlyList<Recognizer> recognizers)
        : this(new LiteralIndex(recognizers), null)
    {
    }

    private RecognitionEngine(LiteralIndex index, Refinement? refine)
    {
        _index = index;
        _refine = refine;
    }

    /// <summary>An engine with every recogniser we ship, except those that have to be asked for.</summary>
    public static RecognitionEngine CreateDefault() => new(RecognizerCatalogue.All());

    /// <summary>An engine with the same recognisers, whose findings <paramref name="refine"/> may change.</summary>
    public RecognitionEngine Refined(Refinement refine) => new(_index, refine);

    /// <summary>Fills <paramref name="findings"/> with the findings in a text, in order and disjoint.</summary>
    public void Find(ReadOnlySpan<char> text, FindingList findings)
    {
        Find(text, [new TextRange(0, text.Length)], findings);
        ResidualScan.Find(text, findings, this);
        findings.KeepPairsWhole(text);
    }

    /// <summary>
    /// The same for some ranges of the text alone, before the residual scan.
    /// </summary>
    public void Find(ReadOnlySpan<char> text, ReadOnlySpan<TextRange> stretches, FindingList findings)
    {
        findings.Clear();
        if (Homoglyphs.AreIn(text))
        {
            FindAsItLooks(text, stretches, findings);
        }
        else
        {
            FindIn(text, stretches, findings);
        }
    }

    private void FindIn(ReadOnlySpan<char> text, ReadOnlySpan<TextRange> stretches, FindingList findings)
    {
        foreach (var stretch in stretches)
        {
            _index.Match(text, stretch, findings);
        }

        _refine?.Invoke(text, findings);
        findings.Settle();
        Placeholder.Isolate(text, findings);
        KnownValueScan.Find(text, findings);
        findings.Settle();
    }

    private void FindAsItLooks(ReadOnlySpan<char> text, ReadOnlySpan<TextRange> stretches, FindingList findings)
    {
        var plain = ArrayPool<char>.Shared.Rent(text.Length);
        var hidden = ArrayPool<int>.Shared.Rent(text.Length);
        var shown = ArrayPool<TextRange>.Shared.Rent(stretches.Length);
        try
        {
            var count = Homoglyphs.Undo(text, plain, hidden, out var hiddenCount);
            var places = hidden.AsSpan(0, hiddenCount);
            for (var i = 0; i < stretches.Length; i++)
            {
                shown[i] = new TextRange(Homoglyphs.PlaceOf(places, stretches[i].Start), Homoglyphs.PlaceOf(places, stretches[i].End));
            }

            FindIn(plain.AsSpan(0, count), shown.AsSpan(0, stretches.Length), findings);
            findings.MoveTo(places, text.Length);

            // What only looks like a placeholder is found by now; what is one must be whole.
            Placeholder.Isolate(text, findings);
            Homoglyphs.DoubtCutWords(text, findings);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<int>.Shared.Return(hidden);
            ArrayPool<TextRange>.Shared.Return(shown);
        }
    }
}

/// <summary>Adds to the raw findings in a text or takes from them, before overlaps are settled.</summary>
internal delegate void Refinement(ReadOnlySpan<char> text, FindingList findings);

/// <summary>A part of a text.</summary>
/// <param name="Start">In UTF-16 code units.</param>
/// <param name="End">Exclusive.</param>
internal readonly record struct TextRange(int Start, int End);
