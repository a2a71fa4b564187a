using System.Buffers;
using System.Runtime.InteropServices;
using FaultMaven.Redaction.Recognition.Secrets;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Finds what shows only once placeholders are where findings were: a value that ran on into another's, or that was refused for a
/// neighbour which went. So redacting a text again finds nothing new.
/// </summary>
/// <remarks>
/// Recognisers say what they were in doubt about (<see cref="FindingList.Doubts"/>). Where a finding touches that, they are asked again,
/// about the text with placeholders in it. What they find then may be a neighbour itself, so this continues for some rounds, each about the
/// findings of the one before.
/// </remarks>
internal sealed class ResidualScan
{
    /// <summary>So that hostile text can't make it go round and round.</summary>
    private const int MaxRounds = 16;

    /// <summary>What is this near to a doubt is looked at too, as words begin and end by their neighbours.</summary>
    private const int Near = 64;

    [ThreadStatic]
    private static ResidualScan? t_own;

    private readonly List<TextRange> _changes = [];
    private readonly List<TextRange> _doubtful = [];
    private readonly FindingList _again = new();
    private readonly RedactedView _view = new();

    /// <summary>Adds what remains beside the findings in a text. They are settled, and stay so.</summary>
    public static void Find(ReadOnlySpan<char> text, FindingList findings, RecognitionEngine engine)
    {
        if (findings.Count > 0)
        {
            (t_own ??= new ResidualScan()).FindAll(text, findings, engine);
        }
    }

    private void FindAll(ReadOnlySpan<char> text, FindingList findings, RecognitionEngine engine)
    {
        _changes.Clear();
        for (var i = 0; i < findings.Count; i++)
        {
            if (findings[i].Type != FindingTypes.Literal)
            {
                _changes.Add(new TextRange(findings[i].Start, findings[i].End));
                DoubtRest(text, findings[i].End, findings);
            }
        }

        for (var round = 0; round < MaxRounds && IsInDoubt(text.Length, findings); round++)
        {
            var room = ArrayPool<char>.Shared.Rent(RedactedView.MaxLength(text, findings));
            var length = 0;
            try
            {
                length = _view.Write(text, findings, room);
                FindAgain(text, room.AsSpan(0, length), findings, engine);
            }
            finally
            {
                room.AsSpan(0, length).Clear();
                ArrayPool<char>.Shared.Return(room);
            }
        }
    }

    // Collects what to look at: each doubt that a change touches, with what is near.
    private bool IsInDoubt(int length, FindingList findings)
    {
        _doubtful.Clear();
        foreach (var doubt in findings.Doubts)
        {
            if (IsTouched(doubt))
            {
                _doubtful.Add(new TextRange(Math.Max(0, doubt.Start - Near), Math.Min(length, doubt.End + Near)));
            }
        }

        // In order and disjoint, so that hostile text is read once in a round.
        _doubtful.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        var last = 0;
        for (var i = 1; i < _doubtful.Count; i++)
        {
            var next = _doubtful[i];
            if (next.Start > _doubtful[last].End)
            {
                _doubtful[++last] = next;
            }
            else
            {
                _doubtful[last] = _doubtful[last] with { End = Math.Max(_doubtful[last].End, next.End) };
            }
        }

        _doubtful.RemoveRange(Math.Min(last + 1, _doubtful.Count), Math.Max(0, _doubtful.Count - last - 1));
        return _doubtful.Count > 0;
    }

    private void FindAgain(ReadOnlySpan<char> text, ReadOnlySpan<char> redacted, FindingList findings, RecognitionEngine engine)
    {
        foreach (ref var stretch in CollectionsMarshal.AsSpan(_doubtful))
        {
            stretch = new TextRange(_view.PlaceOf(stretch.Start), _view.PlaceOf(stretch.End));
        }

        engine.Find(redacted, CollectionsMarshal.AsSpan(_doubtful), _again);
        _changes.Clear();
        for (var i = 0; i < _again.Count; i++)
        {
            if (_again[i].Type != FindingTypes.Literal)
            {
                var (start, end) = (_view.OriginOf(_again[i].Start), _view.OriginOf(_again[i].End));
                findings.Add(_again[i].Type, start, end, _again[i].Confidence);
                _changes.Add(new TextRange(start, end));
                DoubtRest(text, end, findings);
            }
        }

        foreach (var doubt in _again.Doubts)
        {
            findings.Doubt(_view.OriginOf(doubt.Start), _view.OriginOf(doubt.From), _view.OriginOf(doubt.End));
        }

        findings.Settle();
    }

    // Base64 is read from its first character on, which is another one behind a finding that took its start.
    private static void DoubtRest(ReadOnlySpan<char> text, int end, FindingList findings)
    {
        var rest = text.Slice(end, Math.Min(Base64Run.ShortestText, text.Length - end));
        foreach (var c in rest)
        {
            // What isn't ASCII may not show.
            if (char.IsAscii(c) && !Base64Run.Alphabet.Contains(c))
            {
                return;
            }
        }

        findings.Doubt(end, end + rest.Length);
    }

    // Whether a change is in a stretch or next to it, and doesn't cover it.
    private bool IsTouched(Doubt doubt)
    {
        var (from, to) = (0, _changes.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _changes[middle].End < doubt.From ? (middle + 1, to) : (from, middle);
        }

        return from < _changes.Count && _changes[from].Start <= doubt.End
            && (doubt.From == doubt.End || _changes[from].Start > doubt.From || _changes[from].End < doubt.End);
    }
}
