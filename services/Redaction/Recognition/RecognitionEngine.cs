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

    /// <summary>An engine with every recogniser we ship, save those that have to be asked for.</summary>
    public static RecognitionEngine CreateDefault() => new(RecognizerCatalogue.All());

    /// <summary>An engine with the same recognisers, and a word in what they find.</summary>
    public RecognitionEngine Refined(Refinement refine) => new(_index, refine);

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

        findings.KeepPairsWhole(text);
    }

    private void FindIn(ReadOnlySpan<char> text, FindingList findings)
    {
        _index.Match(text, findings);
        _refine?.Invoke(text, findings);
        findings.Settle();
        Placeholder.Isolate(text, findings);
        Repeats.Find(text, findings);
        findings.Settle();
    }

    private void FindAsItLooks(ReadOnlySpan<char> text, FindingList findings)
    {
        var plain = ArrayPool<char>.Shared.Rent(text.Length);
        var hidden = ArrayPool<int>.Shared.Rent(text.Length);
        try
        {
            var count = Disguises.Undo(text, plain, hidden, out var hiddenCount);
            FindIn(plain.AsSpan(0, count), findings);
            findings.MoveTo(hidden.AsSpan(0, hiddenCount), text.Length);

            // What only looks like a placeholder is found by now; what is one must be whole.
            Placeholder.Isolate(text, findings);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<int>.Shared.Return(hidden);
        }
    }
}

/// <summary>Adds to the raw findings in a text or takes from them, before overlaps are settled.</summary>
internal delegate void Refinement(ReadOnlySpan<char> text, FindingList findings);
