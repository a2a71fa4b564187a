namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>Finds what else belongs to the header behind its last time or level: process ids, threads, loggers, tags, separators.</summary>
internal static class HeaderSteps
{
    /// <summary>How many fields a lone dash is looked for in.</summary>
    public const int DashReach = 4;

    private const int MaxSteps = 8;
    private const int FarTagReach = 3;

    /// <summary>True for what is never a word of a message's beginning.</summary>
    public static bool IsMark(FieldKind kind) => kind is FieldKind.Dash or FieldKind.Number or FieldKind.Level or FieldKind.Time;

    /// <summary>
    /// True for a tag, and for what may stand before one: "syslogd 1.4.1:" has one word before its tag's end, "kernel: usb 1-1: new device"
    /// none.
    /// </summary>
    public static bool MayPrecedeTag(FieldKind kind) => kind is FieldKind.Tag or FieldKind.Word or FieldKind.Name or FieldKind.Dash;

    /// <summary>
    /// Finds the steps that nearly all <paramref name="rows"/> can take from the field <paramref name="start"/> on, behind one of the kind
    /// <paramref name="last"/>.
    /// </summary>
    public static List<HeaderStep> Find(List<HeaderSample> rows, int start, FieldKind? last)
    {
        var columns = new Columns(rows, start, last);
        var steps = new List<HeaderStep>();
        while (steps.Count < MaxSteps && columns.Next() is { } step)
        {
            steps.Add(step);
        }

        return steps;
    }

    public static int TagAt(ReadOnlySpan<HeaderField> row, int at, int reach)
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

    /// <summary>True where what is before may be cut off: a lone dash, or a field with a bar behind it.</summary>
    public static bool EndsCell(in HeaderField field) => field.Kind == FieldKind.Dash || field.Piped;

    private static int DashAt(ReadOnlySpan<HeaderField> row, int at)
    {
        for (var i = at; i < Math.Min(row.Length, at + DashReach); i++)
        {
            if (EndsCell(in row[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The rows, and how far each has been read.</summary>
    private sealed class Columns
    {
        private readonly List<HeaderSample> _rows;
        private readonly int[] _at;

        // A host may stand between a time and a tag; behind a level, a tag that is further on is part of what is said:
        // LOG: checkpoint complete: wrote 7 buffers.
        private readonly int _tagReach;
        private bool _isBehindTag;

        public Columns(List<HeaderSample> rows, int start, FieldKind? last)
        {
            _rows = rows;
            _at = new int[rows.Count];
            Array.Fill(_at, start);
            _tagReach = last == FieldKind.Level ? 1 : FarTagReach;
        }

        public HeaderStep? Next()
        {
            var step = _isBehindTag ? BehindTag() : Separated() ?? Tagged() ?? Named();
            if (step is { } found)
            {
                Take(found);
            }

            return step;
        }

        private void Take(HeaderStep step)
        {
            var isAnchor = step.Kind == StepKind.Mark && Most(0.95, (row, i) => row[i].Kind is FieldKind.Time or FieldKind.Level);

            // 31#31: *5 connect() failed
            var isNumbered = step.Kind == StepKind.Mark && Most(0.8, (row, i) => row[i].Kind == FieldKind.Number && row[i].IsTag);
            for (var i = 0; i < _rows.Count; i++)
            {
                _at[i] = step.Kind switch
                {
                    StepKind.OptionalTag => TagAt(_rows[i].Fields, _at[i], step.Reach) is var tag and >= 0 ? tag + 1 : _at[i],
                    StepKind.UntilDash => DashAt(_rows[i].Fields, _at[i]) is var dash and >= 0 ? dash + 1 : _at[i],
                    _ => _at[i] + 1,
                };
            }

            // A time or a level behind a tag begins another header.
            _isBehindTag = step.Kind == StepKind.OptionalTag || isNumbered || (_isBehindTag && !isAnchor);
        }

        private bool Most(double share, Func<HeaderField[], int, bool> holds)
        {
            var count = 0;
            for (var i = 0; i < _rows.Count; i++)
            {
                count += _at[i] < _rows[i].Fields.Length && holds(_rows[i].Fields, _at[i]) ? 1 : 0;
            }

            return count >= share * _rows.Count;
        }

        // kernel: [1234.567890] device sda reported an error
        private HeaderStep? BehindTag() =>
            Most(0.95, (row, i) => row[i].Kind is FieldKind.Time or FieldKind.Level || (row[i].Kind == FieldKind.Number && row[i].IsTag))
            ? new HeaderStep(StepKind.Mark)
            : MostAreInSquareBrackets() ? new HeaderStep(StepKind.Bracket)
            : null;

        private bool MostAreInSquareBrackets()
        {
            var count = 0;
            for (var i = 0; i < _rows.Count; i++)
            {
                count += _at[i] < _rows[i].Fields.Length && _rows[i].Fields[_at[i]].Kind == FieldKind.Bracket
                    && _rows[i].Text(_at[i])[0] == '[' ? 1 : 0;
            }

            return count >= 0.95 * _rows.Count;
        }

        private HeaderStep? Separated()
        {
            if (Most(0.9, (row, i) => row[i].Piped))
            {
                return Most(0.9, (row, i) => row[i].Kind is FieldKind.Name or FieldKind.Word) ? new HeaderStep(StepKind.SourceCell)
                    : new HeaderStep(StepKind.Cell);
            }

            return Most(0.95, (row, i) => IsMark(row[i].Kind)) ? new HeaderStep(StepKind.Mark)
                : Most(0.9, (row, i) => row[i].Kind == FieldKind.Bracket || row[i].IsBracketed) ? new HeaderStep(StepKind.Bracket)
                : null;
        }

        private HeaderStep? Tagged()
        {
            if (Most(0.8, (row, i) => row[i].Kind == FieldKind.Tag))
            {
                return new HeaderStep(StepKind.OptionalTag, _tagReach);
            }

            // The host of a syslog line: the tag comes behind it.
            if (_tagReach > 1
                && Most(0.7, (row, i) => row[i].Kind is FieldKind.Name or FieldKind.Word && TagAt(row, i + 1, _tagReach) >= 0)
                && Most(0.95, (row, i) => row[i].Kind is FieldKind.Name or FieldKind.Word or FieldKind.Number))
            {
                return new HeaderStep(StepKind.Host, _tagReach);
            }

            return Most(0.7, (row, i) => TagAt(row, i, _tagReach) >= 0) ? new HeaderStep(StepKind.OptionalTag, _tagReach)
                : Most(0.97, (row, i) => TagAt(row, i, FarTagReach) >= 0) ? new HeaderStep(StepKind.OptionalTag, FarTagReach)
                : Most(0.95, (row, i) => DashAt(row, i) >= 0) ? new HeaderStep(StepKind.UntilDash)
                : null;
        }

        // Loggers (a.b.C), columns filled up with blanks, and what stands before whatever is said.
        private HeaderStep? Named()
        {
            if (Most(0.95, (row, i) => row[i].Kind is FieldKind.Name or FieldKind.Number && !row[i].Piped)
                || Most(0.9, (row, i) => row[i].Padded && row[i].Kind != FieldKind.Tag))
            {
                return new HeaderStep(StepKind.Logger);
            }

            var isColumn = Most(0.95, (row, i) => row[i].Kind == FieldKind.Pair)
                || (Most(0.95, (row, i) => row[i].Kind is FieldKind.Word or FieldKind.Name or FieldKind.Number)
                    && (HeaderColumn.HoldsIdentifiers(_rows, _at) || HeaderColumn.IsIndependent(_rows, _at)));
            return isColumn && HeaderColumn.LeavesWords(_rows, _at) ? new HeaderStep(StepKind.Column) : null;
        }
    }
}
