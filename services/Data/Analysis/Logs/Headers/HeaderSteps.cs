namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>Finds what else belongs to the header behind its last time or level: process ids, threads, loggers, tags, separators.</summary>
internal static class HeaderSteps
{
    /// <summary>How many fields a lone dash is looked for in.</summary>
    public const int DashReach = 4;

    private const int MaxSteps = 6;

    /// <summary>
    /// How many fields a tag is looked for in. A host may stand between a time and a tag; behind a level, a tag that is further on is part
    /// of what is said: <c>LOG: checkpoint complete: wrote 7 buffers</c>.
    /// </summary>
    public static int TagReachBehind(FieldKind? last) => last == FieldKind.Level ? 1 : 3;

    /// <summary>True for what is never a word of a message's beginning.</summary>
    public static bool IsMark(FieldKind kind) => kind is FieldKind.Dash or FieldKind.Number or FieldKind.Level or FieldKind.Time;

    /// <summary>
    /// Finds the steps that nearly all <paramref name="rows"/> can take from the field <paramref name="start"/> on, behind one of the kind
    /// <paramref name="last"/>.
    /// </summary>
    public static List<HeaderLayout.Step> Find(List<HeaderField[]> rows, int start, FieldKind? last)
    {
        var reach = TagReachBehind(last);
        var steps = new List<HeaderLayout.Step>();
        var at = new int[rows.Count];
        Array.Fill(at, start);
        while (steps.Count < MaxSteps && Next(rows, at, reach) is { } step)
        {
            steps.Add(step);
            for (var i = 0; i < rows.Count; i++)
            {
                at[i] = step switch
                {
                    HeaderLayout.Step.OptionalTag => TagAt(rows[i], at[i], reach) is var tag and >= 0 ? tag + 1 : at[i],
                    HeaderLayout.Step.UntilDash => DashAt(rows[i], at[i]) is var dash and >= 0 ? dash + 1 : at[i],
                    _ => at[i] + 1,
                };
            }

            if (step == HeaderLayout.Step.OptionalTag)
            {
                break;
            }
        }

        return steps;
    }

    private static HeaderLayout.Step? Next(List<HeaderField[]> rows, int[] at, int reach)
    {
        bool Most(double share, Func<HeaderField[], int, bool> holds)
        {
            var count = 0;
            for (var i = 0; i < rows.Count; i++)
            {
                count += at[i] < rows[i].Length && holds(rows[i], at[i]) ? 1 : 0;
            }

            return count >= share * rows.Count;
        }

        if (Most(0.9, (row, i) => row[i].Piped))
        {
            return Most(0.9, (row, i) => row[i].Kind is FieldKind.Name or FieldKind.Word) ? HeaderLayout.Step.SourceCell
                : HeaderLayout.Step.Cell;
        }

        if (Most(0.95, (row, i) => IsMark(row[i].Kind)))
        {
            return HeaderLayout.Step.Mark;
        }

        if (Most(0.9, (row, i) => row[i].Kind == FieldKind.Bracket))
        {
            return HeaderLayout.Step.Bracket;
        }

        if (Most(0.8, (row, i) => row[i].Kind == FieldKind.Tag))
        {
            return HeaderLayout.Step.OptionalTag;
        }

        // The host of a syslog line: the tag comes behind it.
        if (reach > 1
            && Most(0.7, (row, i) => row[i].Kind is FieldKind.Name or FieldKind.Word && i + 1 < row.Length && TagAt(row, i + 1, reach) >= 0)
            && Most(0.95, (row, i) => row[i].Kind is FieldKind.Name or FieldKind.Word or FieldKind.Number))
        {
            return HeaderLayout.Step.Host;
        }

        if (Most(0.7, (row, i) => TagAt(row, i, reach) >= 0))
        {
            return HeaderLayout.Step.OptionalTag;
        }

        if (Most(0.95, (row, i) => DashAt(row, i) >= 0))
        {
            return HeaderLayout.Step.UntilDash;
        }

        // Loggers (a.b.C), and columns filled up with blanks.
        return Most(0.95, (row, i) => row[i].Kind == FieldKind.Name && !row[i].Piped)
            || Most(0.9, (row, i) => row[i].Padded && row[i].Kind != FieldKind.Tag)
            ? HeaderLayout.Step.Logger
            : null;
    }

    /// <summary>
    /// True for a tag, and for what may stand before one: "syslogd 1.4.1:" has one word before its tag's end, "kernel: usb 1-1: new device"
    /// none.
    /// </summary>
    public static bool MayPrecedeTag(FieldKind kind) => kind is FieldKind.Tag or FieldKind.Word or FieldKind.Name or FieldKind.Dash;

    private static int TagAt(ReadOnlySpan<HeaderField> row, int at, int reach)
    {
        for (var i = at; i < Math.Min(row.Length, at + reach) && MayPrecedeTag(row[i].Kind); i++)
        {
            if (row[i].Kind == FieldKind.Tag)
            {
                return i;
            }
        }

        return -1;
    }

    private static int DashAt(ReadOnlySpan<HeaderField> row, int at)
    {
        for (var i = at; i < Math.Min(row.Length, at + DashReach); i++)
        {
            if (row[i].Kind == FieldKind.Dash)
            {
                return i;
            }
        }

        return -1;
    }
}
