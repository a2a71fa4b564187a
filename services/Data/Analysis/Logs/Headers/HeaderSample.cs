using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>A line that a layout is inferred from, and the fields at its start.</summary>
internal sealed record HeaderSample(string Line, HeaderField[] Fields)
{
    /// <summary>How many fields a time or a level is looked for in.</summary>
    private const int AnchorReach = 6;

    /// <summary>True if a time is among the first fields, or a level among the very first.</summary>
    public bool HasAnchor
    {
        get
        {
            for (var i = 0; i < Math.Min(Fields.Length, AnchorReach); i++)
            {
                if (Fields[i].Kind == FieldKind.Time || (Fields[i].Kind == FieldKind.Level && i < 3 && !IsLoneLetter(i)))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>True if a level that is written as one, in capitals or brackets, is among the first fields.</summary>
    public bool HasMarkedLevel => Key.Contains('L');

    /// <summary>Where times and levels are among the first fields: <c>T.L</c>. Lines of one format have the same.</summary>
    public string Key
    {
        get
        {
            var key = "";
            for (var i = 0; i < Math.Min(Fields.Length, AnchorReach); i++)
            {
                key += Fields[i].Kind == FieldKind.Time ? 'T' : IsMarkedLevel(i) ? 'L' : Fields[i].Kind == FieldKind.Dash ? '-' : '.';
            }

            return key.TrimEnd('.', '-');
        }
    }

    /// <summary>Cuts the start of a line into fields.</summary>
    public static HeaderSample Of(string line, TimeText times)
    {
        Span<HeaderField> fields = stackalloc HeaderField[HeaderLayout.MaxFields];
        var scanner = new HeaderScanner(line, times);
        var count = 0;
        while (count < fields.Length && scanner.Next(out fields[count]))
        {
            count++;
        }

        return new HeaderSample(line, fields[..count].ToArray());
    }

    public ReadOnlySpan<char> Text(int field) => Line.AsSpan(Fields[field].Start..Fields[field].End);

    // depth=2 C = US: a letter alone is a level only in lines that have a time.
    private bool IsLoneLetter(int field) => Fields[field].End - Fields[field].Start == 1;

    private bool IsMarkedLevel(int field) => Fields[field].Kind == FieldKind.Level
        && (!Text(field).ContainsAnyInRange('a', 'z') || !char.IsAsciiLetter(Text(field)[0]) || Fields[field].Piped);
}
