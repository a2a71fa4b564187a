using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>The fields at the start of a line, cut only as far as they are asked for.</summary>
internal ref struct HeaderRow(ReadOnlySpan<char> line, TimeText times, Span<HeaderField> fields)
{
    private readonly ReadOnlySpan<char> _line = line;
    private readonly Span<HeaderField> _fields = fields;
    private HeaderScanner _scanner = new(line, times);
    private int _count;

    public readonly ref readonly HeaderField this[int i] => ref _fields[i];

    /// <summary>True if there is a field <paramref name="i"/>; only then may it be read.</summary>
    public bool Has(int i)
    {
        while (_count <= i && _count < _fields.Length)
        {
            if (!_scanner.Next(out _fields[_count]))
            {
                return false;
            }

            _count++;
        }

        return i < _count;
    }

    /// <summary>True if a field is written in capitals or brackets, as levels are and words seldom.</summary>
    public readonly bool IsMarked(int i) =>
        _fields[i].IsBracketed || !_line[_fields[i].Start.._fields[i].End].ContainsAnyInRange('a', 'z');

    /// <summary>
    /// The index of the tag among the next <paramref name="reach"/> fields from <paramref name="at"/> on; -1 if there is none.
    /// </summary>
    public int TagAt(int at, int reach)
    {
        for (var i = at; i < at + reach && Has(i) && HeaderSteps.MayPrecedeTag(_fields[i].Kind); i++)
        {
            if (_fields[i].Kind == FieldKind.Tag)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>
    /// The index of the lone dash, or of the field with a bar behind it, at most three fields behind <paramref name="at"/>; -1 if there is
    /// none.
    /// </summary>
    public int DashAt(int at)
    {
        for (var i = at; i < at + HeaderSteps.DashReach && Has(i); i++)
        {
            if (HeaderSteps.EndsCell(in _fields[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
