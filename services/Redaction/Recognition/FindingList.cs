using System.Runtime.InteropServices;
using FaultMaven.Redaction.Recognition.Secrets;

namespace FaultMaven.Redaction.Recognition;

/// <summary>Collects raw findings of one text and settles their overlaps.</summary>
internal sealed class FindingList
{
    // Names are this far before what is found for them.
    private const int MaxName = 128;

    private readonly List<Finding> _findings = [];
    private readonly List<Doubt> _doubts = [];
    private bool _inOrder = true;

    public int Count => _findings.Count;

    /// <summary>What recognisers were in doubt about, in no order.</summary>
    public ReadOnlySpan<Doubt> Doubts => CollectionsMarshal.AsSpan(_doubts);

    /// <summary>Up to where recognisers have looked into encoded text, so that each stretch of it is decoded once.</summary>
    public int DecodedTo { get; set; }

    /// <summary>Up to where sentences have been read, so that each is read once however many words in it ask for that.</summary>
    public int ReadTo { get; set; }

    /// <summary>Where values end, as far as recognisers have looked.</summary>
    public ValueEnds ValueEnds { get; } = new();

    /// <summary>Where the cookies of the last headers are.</summary>
    public CookieTrail Cookies { get; } = new();

    public Finding this[Index index] => _findings[index];

    public void Clear()
    {
        _findings.Clear();
        _doubts.Clear();
        _inOrder = true;
        DecodedTo = 0;
        ReadTo = 0;
        ValueEnds.Clear();
        Cookies.Clear();
    }

    /// <summary>Adds a finding; an empty span does not count.</summary>
    public void Add(string type, int start, int end, double confidence)
    {
        if (end <= start)
        {
            return;
        }

        _inOrder &= _findings.Count == 0 || _findings[^1].End <= start;
        _findings.Add(new Finding(type, start, end, confidence));
    }

    /// <summary>Says that nothing was found in a stretch, or right next to it. See <see cref="Recognition.Doubt"/>.</summary>
    public void Doubt(int start, int end) => Doubt(start, start, end);

    /// <summary>The same with the place to ask again from.</summary>
    public void Doubt(int start, int from, int end)
    {
        // Hostile text gives the same reasons at every character.
        if (_doubts.Count > 0 && _doubts[^1] is var last && last.From <= from && last.End >= from)
        {
            _doubts[^1] = new Doubt(Math.Min(last.Start, start), last.From, Math.Max(last.End, end));
        }
        else
        {
            _doubts.Add(new Doubt(start, from, end));
        }
    }

    /// <summary>The same unless anything was found since there were so many findings.</summary>
    public void DoubtUnlessFound(int since, int start, int end)
    {
        if (_findings.Count == since)
        {
            Doubt(start, end);
        }
    }

    /// <summary>Moves findings in what shows of a text to where they are in it.</summary>
    /// <param name="hidden">Where what doesn't show is, in order.</param>
    /// <param name="length">Of the text: a finding up to the end of what shows continues to its end.</param>
    public void MoveTo(ReadOnlySpan<int> hidden, int length)
    {
        for (var i = 0; i < _findings.Count && hidden.Length > 0; i++)
        {
            var finding = _findings[i];
            _findings[i] = finding with
            {
                Start = Homoglyphs.OriginOf(hidden, finding.Start),
                End = finding.End == length - hidden.Length ? length : Homoglyphs.OriginOf(hidden, finding.End - 1) + 1,
            };
        }

        for (var i = 0; i < _doubts.Count && hidden.Length > 0; i++)
        {
            var (start, from, end) = _doubts[i];
            _doubts[i] = new Doubt(Homoglyphs.OriginOf(hidden, start), Homoglyphs.OriginOf(hidden, from), Homoglyphs.OriginOf(hidden, end));
        }
    }

    /// <summary>Removes the findings that <paramref name="isUnwanted"/> holds for.</summary>
    public void RemoveAll(ReadOnlySpan<char> text, Func<ReadOnlySpan<char>, Finding, bool> isUnwanted)
    {
        var kept = 0;
        for (var i = 0; i < _findings.Count; i++)
        {
            if (!isUnwanted(text, _findings[i]))
            {
                _findings[kept++] = _findings[i];
            }
        }

        _findings.RemoveRange(kept, _findings.Count - kept);
    }

    /// <summary>
    /// Moves borders between the two halves of a character outwards. The findings are in order and disjoint, and stay so.
    /// </summary>
    public void KeepPairsWhole(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < _findings.Count; i++)
        {
            var finding = _findings[i];
            var start = SplitsPair(text, finding.Start) ? finding.Start - 1 : finding.Start;
            start = i > 0 ? Math.Max(start, _findings[i - 1].End) : start;
            var end = SplitsPair(text, finding.End) ? finding.End + 1 : finding.End;
            if (start >= end)
            {
                _findings.RemoveAt(i--);
            }
            else if (start != finding.Start || end != finding.End)
            {
                _findings[i] = finding with { Start = start, End = end };
            }
        }
    }

    /// <summary>Replaces a finding by what it covers before and after a range, where a letter or digit is left there.</summary>
    public void CutOut(ReadOnlySpan<char> text, int index, int start, int end)
    {
        var finding = _findings[index];
        _findings.RemoveAt(index);
        if (HasSubstance(text, end, finding.End))
        {
            _findings.Insert(index, finding with { Start = end });
        }

        if (HasSubstance(text, finding.Start, start))
        {
            _findings.Insert(index, finding with { End = start });
        }
    }

    /// <summary>
    /// Orders the findings and makes them disjoint without uncovering a character that any of them covers: a finding inside another goes,
    /// of two that cross the surer one keeps its span and the other what is left of it, of two alike the surer one stays.
    /// </summary>
    public void Settle()
    {
        if (_inOrder)
        {
            return;
        }

        _findings.Sort(static (a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start)
            : a.End != b.End ? b.End.CompareTo(a.End)
            : b.Confidence.CompareTo(a.Confidence));

        var kept = 0;
        for (var i = 1; i < _findings.Count; i++)
        {
            var last = _findings[kept];
            var next = _findings[i];
            if (next.Start >= last.End)
            {
                _findings[++kept] = next;
            }
            else if (next.End > last.End)
            {
                Overrule(next, last);
                if (next.Confidence > last.Confidence && next.Start <= last.Start)
                {
                    // The last one lost its start to one before it, and the rest of it to this one.
                    _findings[kept] = next with { Start = last.Start };
                }
                else if (next.Confidence > last.Confidence)
                {
                    _findings[kept] = last with { End = next.Start };
                    _findings[++kept] = next;
                }
                else
                {
                    _findings[++kept] = next with { Start = last.End };
                }
            }
            else if (next.End < last.End || next.Start > last.Start)
            {
                Overrule(next, last);
            }
        }

        _findings.RemoveRange(kept + 1, _findings.Count - kept - 1);
        _inOrder = true;
    }

    // The one that found less than it would have might find more, or something else, now.
    private void Overrule(Finding one, Finding other) =>
        Doubt(Math.Max(0, Math.Min(one.Start, other.Start) - MaxName), Math.Max(one.End, other.End) + 1);

    private static bool SplitsPair(ReadOnlySpan<char> text, int at) =>
        at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]);

    private static bool HasSubstance(ReadOnlySpan<char> text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (char.IsLetterOrDigit(text[i]))
            {
                return true;
            }
        }

        return false;
    }
}
