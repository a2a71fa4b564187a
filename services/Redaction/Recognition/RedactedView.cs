namespace FaultMaven.Redaction.Recognition;

/// <summary>A text as it is once placeholders are where its findings were, and which place is which.</summary>
internal sealed class RedactedView
{
    private readonly List<(TextRange Finding, TextRange Placeholder)> _placeholders = [];

    /// <summary>How long the view of a text is at most.</summary>
    public static int MaxLength(ReadOnlySpan<char> text, FindingList findings) => text.Length + (findings.Count * Placeholder.MaxLength);

    /// <summary>Writes the view; what looked like a placeholder before stays as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="findings">In order and disjoint.</param>
    /// <param name="room">Where the view goes.</param>
    /// <returns>How long the view is.</returns>
    public int Write(ReadOnlySpan<char> text, FindingList findings, Span<char> room)
    {
        _placeholders.Clear();
        var (count, done) = (0, 0);
        for (var i = 0; i < findings.Count; i++)
        {
            var finding = findings[i];
            text[done..finding.Start].CopyTo(room[count..]);
            count += finding.Start - done;
            done = finding.End;

            var start = count;
            if (finding.Type == FindingTypes.Literal)
            {
                text[finding.Start..done].CopyTo(room[count..]);
                count += done - finding.Start;
            }
            else
            {
                count += Placeholder.Write(finding.Type, room[count..]);
            }

            _placeholders.Add((new TextRange(finding.Start, done), new TextRange(start, count)));
        }

        text[done..].CopyTo(room[count..]);
        return count + text.Length - done;
    }

    /// <summary>Where a place of the text is in the view; one inside a finding is where its placeholder starts.</summary>
    public int PlaceOf(int origin)
    {
        var (from, to) = (0, _placeholders.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _placeholders[middle].Finding.Start <= origin ? (middle + 1, to) : (from, middle);
        }

        if (from == 0)
        {
            return origin;
        }

        var (finding, placeholder) = _placeholders[from - 1];
        return origin < finding.End ? placeholder.Start : placeholder.End + origin - finding.End;
    }

    /// <summary>Where a place of the view is in the text; one inside a placeholder is where its finding ends.</summary>
    public int OriginOf(int place)
    {
        var (from, to) = (0, _placeholders.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _placeholders[middle].Placeholder.Start < place ? (middle + 1, to) : (from, middle);
        }

        if (from == 0)
        {
            return place;
        }

        var (finding, placeholder) = _placeholders[from - 1];
        return finding.End + Math.Max(0, place - placeholder.End);
    }
}
