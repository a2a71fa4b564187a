using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>
/// Where the header of a file's lines ends, inferred from its first lines: from what has the same shape in nearly all of them. Nothing is
/// known beforehand of any program's format; times, levels, numbers, brackets and tags are what a header is made of.
/// </summary>
internal sealed class HeaderLayout
{
    /// <summary>How many fields a header has at most.</summary>
    public const int MaxFields = 14;

    private readonly FieldKind?[] _anchors;
    private readonly Step[] _steps;
    private readonly int _tagReach;

    private HeaderLayout(FieldKind?[] anchors, Step[] steps)
    {
        _anchors = anchors;
        _steps = steps;
        _tagReach = HeaderSteps.TagReachBehind(anchors[^1]);
    }

    /// <summary>What follows the last field that is a time or a level. A line that does not have it there is left as it is.</summary>
    internal enum Step : byte
    {
        /// <summary>A number, a dash, or one more time or level.</summary>
        Mark,

        /// <summary>A field before a bar.</summary>
        Cell,

        /// <summary>A field before a bar that names the source.</summary>
        SourceCell,

        /// <summary>Something in brackets that names the source.</summary>
        Bracket,

        /// <summary>A name, or a word that blanks fill up to a column, that names the source.</summary>
        Logger,

        /// <summary>The host of a line of syslog, before its tag.</summary>
        Host,

        /// <summary>A tag, perhaps a word or two further on, if there is one.</summary>
        OptionalTag,

        /// <summary>All up to a dash that is alone, if there is one.</summary>
        UntilDash,
    }

    /// <summary>Infers the layout; null if the lines have no header in common.</summary>
    public static HeaderLayout? Infer(IEnumerable<string> lines, TimeText times)
    {
        var sample = new List<HeaderField[]>();
        Span<HeaderField> fields = stackalloc HeaderField[MaxFields];
        foreach (var line in lines)
        {
            var count = Scan(line, times, fields);
            if (HasAnchor(fields[..count]))
            {
                sample.Add(fields[..count].ToArray());
            }
        }

        if (sample.Count == 0)
        {
            return null;
        }

        var anchors = Anchors(sample);
        if (anchors.Length == 0)
        {
            return null;
        }

        var conforming = sample.FindAll(row => Conforms(row, anchors));
        return conforming.Count == 0 ? null : new HeaderLayout(anchors, [.. HeaderSteps.Find(conforming, anchors.Length, anchors[^1])]);
    }

    /// <summary>True if the lines tell their level.</summary>
    public bool HasLevel => _anchors.Contains(FieldKind.Level);

    /// <summary>Reads the header of a line; false if the line does not have it.</summary>
    public bool TryRead(ReadOnlySpan<char> line, TimeText times, out Header header)
    {
        header = default;
        var row = new HeaderRow(line, times, stackalloc HeaderField[MaxFields]);
        for (var i = 0; i < _anchors.Length; i++)
        {
            if (!row.Has(i) || (_anchors[i] is { } kind && row[i].Kind != kind))
            {
                return false;
            }

            header = header.With(row[i]);
        }

        var at = _anchors.Length;
        foreach (var step in _steps)
        {
            if (!row.Has(at))
            {
                break;
            }

            switch (step)
            {
                case Step.Mark when HeaderSteps.IsMark(row[at].Kind):
                case Step.Cell when row[at].Piped:
                case Step.Host when row[at].Kind == FieldKind.Name || row.TagAt(at + 1, _tagReach) >= 0:
                    header = header.With(row[at++]);
                    break;
                case Step.SourceCell when row[at].Piped:
                case Step.Bracket when row[at].Kind == FieldKind.Bracket:
                case Step.Logger when row[at].Kind == FieldKind.Name || row[at].Padded:
                    header = header.With(row[at]).From(row[at++]);
                    break;
                case Step.OptionalTag when row.TagAt(at, _tagReach) is var tag and >= 0:
                    // May 06 02:00:00 worker-7 kernel: the host is between time and tag.
                    header = tag > 0 && row[tag - 1].Kind is FieldKind.Word or FieldKind.Name ? header.On(row[tag - 1]) : header;
                    header = header.With(row[tag]).From(row[tag]);
                    at = tag + 1;
                    break;
                case Step.UntilDash when row.DashAt(at) is var dash and >= 0:
                    header = header.With(row[dash]).From(row[at]);
                    at = dash + 1;
                    break;
            }
        }

        return true;
    }

    private static int Scan(ReadOnlySpan<char> line, TimeText times, Span<HeaderField> fields)
    {
        var scanner = new HeaderScanner(line, times);
        var count = 0;
        while (count < fields.Length && scanner.Next(out fields[count]))
        {
            count++;
        }

        return count;
    }

    private static bool HasAnchor(ReadOnlySpan<HeaderField> fields)
    {
        for (var i = 0; i < Math.Min(fields.Length, 6); i++)
        {
            if (fields[i].Kind == FieldKind.Time || (fields[i].Kind == FieldKind.Level && i < 3))
            {
                return true;
            }
        }

        return false;
    }

    // Up to the last field that is a time, or a level, in most lines: what each field must be; null where anything will do.
    private static FieldKind?[] Anchors(List<HeaderField[]> sample)
    {
        Span<int> times = stackalloc int[MaxFields];
        Span<int> levels = stackalloc int[MaxFields];
        Span<int> tags = stackalloc int[MaxFields];
        foreach (var row in sample)
        {
            for (var i = 0; i < row.Length; i++)
            {
                times[i] += row[i].Kind == FieldKind.Time ? 1 : 0;
                levels[i] += row[i].Kind == FieldKind.Level ? 1 : 0;
                tags[i] += row[i].Kind == FieldKind.Tag ? 1 : 0;
            }
        }

        var anchors = new FieldKind?[MaxFields];
        var last = -1;
        var hasLevel = false;
        for (var i = 0; i < MaxFields && (tags[i] * 2 <= sample.Count || last < 0); i++)
        {
            anchors[i] = times[i] * 2 > sample.Count ? FieldKind.Time : !hasLevel && levels[i] * 2 > sample.Count ? FieldKind.Level : null;
            hasLevel |= anchors[i] == FieldKind.Level;
            last = anchors[i] is null ? last : i;
        }

        return anchors[..(last + 1)];
    }

    private static bool Conforms(ReadOnlySpan<HeaderField> row, ReadOnlySpan<FieldKind?> anchors)
    {
        if (row.Length < anchors.Length)
        {
            return false;
        }

        for (var i = 0; i < anchors.Length; i++)
        {
            if (anchors[i] is { } kind && row[i].Kind != kind)
            {
                return false;
            }
        }

        return true;
    }
}
