using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>
/// Where the header of the lines of one format ends, inferred from what has the same shape in nearly all of them. Nothing is known
/// beforehand of any program's format; times, levels, numbers, brackets and tags are what a header is made of.
/// </summary>
internal sealed class HeaderLayout
{
    /// <summary>How many fields a header has at most.</summary>
    public const int MaxFields = 14;

    private static readonly SearchValues<char> s_numberCharacters = SearchValues.Create("0123456789.:");

    private readonly FieldKind?[] _anchors;
    private readonly HeaderStep[] _steps;

    private HeaderLayout(FieldKind?[] anchors, HeaderStep[] steps)
    {
        _anchors = anchors;
        _steps = steps;
    }

    /// <summary>True if the lines give their level.</summary>
    public bool HasLevel => _anchors.Contains(FieldKind.Level);

    /// <summary>True if the lines have no time or level, but a number in brackets or before a colon: <c>[1234.567890]</c>.</summary>
    public bool BeginsWithNumber { get; private init; }

    /// <summary>How many fields there are up to the last time or level.</summary>
    public int AnchorCount => _anchors.Length;

    /// <summary>Infers the layout of lines that have times or levels; null if they have none in common.</summary>
    public static HeaderLayout? Infer(List<HeaderSample> rows)
    {
        if (rows.Count == 0)
        {
            return null;
        }

        var anchors = Anchors(rows);
        if (anchors.Length == 0)
        {
            return null;
        }

        var fitting = rows.FindAll(row => Fits(row.Fields, anchors));
        return fitting.Count == 0 ? null : new HeaderLayout(anchors, [.. HeaderSteps.Find(fitting, anchors.Length, anchors[^1])]);
    }

    /// <summary>Infers the layout of lines without times and levels, from the columns that they share; null if they share none.</summary>
    public static HeaderLayout? InferWithoutAnchor(List<HeaderSample> rows)
    {
        var steps = HeaderSteps.Find(rows, 0, last: null);
        var isNamed = rows.Count(row => row.Fields is [{ Kind: FieldKind.Name }, ..]) >= 0.95 * rows.Count;
        return steps.Count > 0 && (steps[0].Kind is not (StepKind.OptionalTag or StepKind.Host) || isNamed)
            
            ? new HeaderLayout([], [.. steps])
            {
                BeginsWithNumber = rows.TrueForAll(row => row.Fields is [var first, ..] && (first.IsTag || first.IsBracketed)
                    && !row.Text(0).Trim("[]: ").ContainsAnyExcept(s_numberCharacters)),
            }
            : null;
    }

    /// <summary>True if a line has the times and levels of the layout where they are expected.</summary>
    public bool Fits(HeaderSample row) => Fits(row.Fields, _anchors);

    /// <summary>Reads the header of a line; false if the line does not have it.</summary>
    public bool TryRead(scoped ref HeaderRow row, out Header header)
    {
        header = default;
        for (var i = 0; i < _anchors.Length; i++)
        {
            if (!row.Has(i) || (_anchors[i] is { } kind && row[i].Kind != kind))
            {
                return false;
            }

            // 10:00:00 gw-1 dhcpd: info: lease given: the level is behind the tag.
            header = row[i].Kind == FieldKind.Tag ? header.With(row[i]).From(row[i]) : header.With(row[i]);
        }

        var at = _anchors.Length;
        foreach (var step in _steps)
        {
            if (!row.Has(at))
            {
                break;
            }

            var before = at;
            Take(step, ref row, ref at, ref header);
            if (before == 0 && at == 0)
            {
                return false;
            }
        }

        return at > 0;
    }

    private static void Take(HeaderStep step, scoped ref HeaderRow row, ref int at, ref Header header)
    {
        switch (step.Kind)
        {
            // ERROR Error while appending: only the first is a level.
            case StepKind.Mark when HeaderSteps.IsMark(row[at].Kind)
                && (row[at].Kind != FieldKind.Level || header.Level == Proto.EntryLevel.Unspecified || row.IsMarked(at)):
            case StepKind.Cell when row[at].Piped:
            case StepKind.Host when row[at].Kind == FieldKind.Name || row.TagAt(at + 1, step.Reach) >= 0:
                header = header.With(row[at++]);
                break;
            case StepKind.Bracket when row[at].Kind == FieldKind.Bracket && header.IsTagged:
                header = header.With(row[at++]);
                break;
            case StepKind.SourceCell when row[at].Piped:
            case StepKind.Bracket when row[at].Kind == FieldKind.Bracket:
            case StepKind.Logger when row[at].Kind == FieldKind.Name || (row[at].Kind == FieldKind.Word && row[at].Padded):
            case StepKind.Column when row[at].Kind is FieldKind.Word or FieldKind.Name:
                header = header.With(row[at]).From(row[at++]);
                break;
            case StepKind.Bracket when row[at].IsBracketed:
            case StepKind.Logger when row[at].Kind == FieldKind.Number || row[at].Padded:
            case StepKind.Column when row[at].Kind is FieldKind.Number or FieldKind.Pair:
                header = header.With(row[at++]);
                break;
            case StepKind.OptionalTag when row.TagAt(at, step.Reach) is var tag and >= 0:
                // May 06 02:00:00 worker-7 kernel: the host is between time and tag.
                header = tag > 0 && row[tag - 1].Kind is FieldKind.Word or FieldKind.Name ? header.On(row[tag - 1]) : header;
                header = header.With(row[tag]).Tagged(row[tag]);
                at = tag + 1;
                break;
            case StepKind.UntilDash when row.DashAt(at) is var dash and >= 0:
                header = header.With(row[dash]).From(row[at]);
                at = dash + 1;
                break;
        }
    }

    // Up to the last field that is a time, or a level, in most lines: what each field must be; null where anything will do.
    private static FieldKind?[] Anchors(List<HeaderSample> rows)
    {
        Span<int> times = stackalloc int[MaxFields];
        Span<int> levels = stackalloc int[MaxFields];
        Span<int> tags = stackalloc int[MaxFields];
        foreach (var row in rows)
        {
            for (var i = 0; i < row.Fields.Length; i++)
            {
                times[i] += row.Fields[i].Kind == FieldKind.Time ? 1 : 0;
                levels[i] += row.Fields[i].Kind == FieldKind.Level ? 1 : 0;
                tags[i] += row.Fields[i].Kind == FieldKind.Tag ? 1 : 0;
            }
        }

        var anchors = new FieldKind?[MaxFields];
        var last = -1;
        var hasLevel = false;

        // "Error: 18456" in every other message is what is said, not a level.
        bool IsLevel(int i, int count) => count > 0.95 * rows.Count || (count * 2 > rows.Count
            && rows.Where(row => i < row.Fields.Length && row.Fields[i].Kind == FieldKind.Level)
                .Select(row => row.Fields[i].Level).Distinct().Count() > 1);

        for (var i = 0; i < MaxFields; i++)
        {
            // Behind a tag is the message, unless all lines have a level there.
            if (tags[i] * 2 > rows.Count && last >= 0 && (i + 1 == MaxFields || hasLevel || levels[i + 1] < 0.97 * rows.Count))
            {
                break;
            }

            anchors[i] = times[i] * 2 > rows.Count ? FieldKind.Time : !hasLevel && IsLevel(i, levels[i]) ? FieldKind.Level : null;
            hasLevel |= anchors[i] == FieldKind.Level;
            last = anchors[i] is null ? last : i;
        }

        return anchors[..(last + 1)];
    }

    private static bool Fits(ReadOnlySpan<HeaderField> row, ReadOnlySpan<FieldKind?> anchors)
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
