namespace FaultMaven.Data.Analysis.Logs.Times;

/// <summary>Reads the parts of a time, each step either taking its part or leaving the position as it was.</summary>
internal ref struct TimeCursor(ReadOnlySpan<char> text)
{
    private static readonly string[] s_months =
    [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
    ];

    private static readonly string[] s_weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

    private readonly ReadOnlySpan<char> _text = text;

    public int Position { get; set; }

    /// <summary>How many digits follow, at most 20.</summary>
    public readonly int DigitsAhead
    {
        get
        {
            var i = Position;
            while (i < _text.Length && i - Position < 20 && char.IsAsciiDigit(_text[i]))
            {
                i++;
            }

            return i - Position;
        }
    }

    private readonly char Peek => Position < _text.Length ? _text[Position] : '\0';

    public readonly bool IsSeparatedBy(int digits, char separator) =>
        Position + digits < _text.Length && _text[Position + digits] == separator;

    public bool Number(out int value)
    {
        value = 0;
        var digits = DigitsAhead;
        if (digits is 0 or > 4)
        {
            return false;
        }

        Long(digits, out var number);
        value = (int)number;
        return true;
    }

    public void Long(int digits, out long value)
    {
        value = 0;
        for (var i = 0; i < digits; i++)
        {
            value = (value * 10) + (_text[Position++] - '0');
        }
    }

    public bool Optional(char c)
    {
        if (Peek != c)
        {
            return false;
        }

        Position++;
        return true;
    }

    public int Spaces()
    {
        var start = Position;
        while (Peek == ' ')
        {
            Position++;
        }

        return Position - start;
    }

    public bool DateSeparator(out char separator)
    {
        separator = Peek;
        if (separator is not ('-' or '/' or '.' or ' '))
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>What may stand between a date and a time: T, one or two spaces, a dash, an underscore, a colon.</summary>
    public bool Between()
    {
        var start = Position;
        if (Peek is 'T' or 't' or '-' or '_' or ':')
        {
            Position++;
        }
        else
        {
            Optional(',');
            if (Spaces() is 0 or > 2)
            {
                Position = start;
                return false;
            }
        }

        if (DigitsAhead > 0)
        {
            return true;
        }

        Position = start;
        return false;
    }

    public int Month()
    {
        var month = Position + 3 > _text.Length ? 0 : _text.Slice(Position, 3) switch
        {
            "Jan" or "JAN" => 1,
            "Feb" or "FEB" => 2,
            "Mar" or "MAR" => 3,
            "Apr" or "APR" => 4,
            "May" or "MAY" => 5,
            "Jun" or "JUN" => 6,
            "Jul" or "JUL" => 7,
            "Aug" or "AUG" => 8,
            "Sep" or "SEP" => 9,
            "Oct" or "OCT" => 10,
            "Nov" or "NOV" => 11,
            "Dec" or "DEC" => 12,
            _ => 0,
        };
        if (month > 0)
        {
            var rest = _text[Position..];
            var name = s_months[month - 1];
            Position += rest.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? name.Length : 3;
        }

        return month;
    }

    public bool Weekday()
    {
        var rest = _text[Position..];
        if (rest.Length < 4 || rest[..3] is not ("Mon" or "Tue" or "Wed" or "Thu" or "Fri" or "Sat" or "Sun"))
        {
            return false;
        }

        var length = 3;
        foreach (var name in s_weekdays)
        {
            length = rest.StartsWith(name, StringComparison.Ordinal) ? name.Length : length;
        }

        if (length >= rest.Length || rest[length] is not (' ' or ','))
        {
            return false;
        }

        Position += length;
        return true;
    }

    /// <summary>7:5:9:88: a clock without leading zeros, which counts as one only behind a date; its last part is milliseconds.</summary>
    public bool LooseClock(out TimeSpan clock)
    {
        clock = default;
        var start = Position;
        if (DigitsAhead is (1 or 2) && Number(out var hours) && Optional(':') && DigitsAhead is (1 or 2) && Number(out var minutes)
            && Optional(':') && DigitsAhead is (1 or 2) && Number(out var seconds) && hours < 24 && minutes < 60 && seconds < 60)
        {
            var milliseconds = 0;
            var end = Position;
            if (Optional(':') && (DigitsAhead is 0 or > 3 || !Number(out milliseconds)))
            {
                Position = end;
            }

            clock = new TimeSpan(0, hours, minutes, seconds, milliseconds) + TimeSpan.FromTicks(Position == end ? Fraction() : 0);
            return true;
        }

        Position = start;
        return false;
    }

    /// <summary>15:16:01, 15.16.01, 15:16; with a fraction, AM or PM.</summary>
    public bool Clock(out TimeSpan clock)
    {
        var start = Position;
        clock = default;
        if (DigitsAhead is not (1 or 2) || !Number(out var hours) || Peek is not (':' or '.'))
        {
            Position = start;
            return false;
        }

        var separator = Peek;
        Position++;
        if (DigitsAhead != 2 || !Number(out var minutes))
        {
            Position = start;
            return false;
        }

        var seconds = 0;
        var ticks = 0L;
        if (Peek == separator && IsTwoDigits(Position + 1))
        {
            Position++;
            Number(out seconds);
            ticks = Fraction();
        }
        else if (separator == '.')
        {
            Position = start;
            return false;
        }

        hours = Afternoon(hours);
        if (hours > 23 || minutes > 59 || seconds > 60)
        {
            Position = start;
            return false;
        }

        // A leap second counts as the last second of its minute.
        clock = new TimeSpan(hours, minutes, Math.Min(seconds, 59)) + TimeSpan.FromTicks(ticks);
        return true;
    }

    /// <summary>203615, with or without a fraction.</summary>
    public bool CompactClock(out TimeSpan clock)
    {
        clock = default;
        if (DigitsAhead != 6)
        {
            return false;
        }

        var start = Position;
        Long(6, out var number);
        var (hours, minutes, seconds) = ((int)number / 10_000, (int)number / 100 % 100, (int)number % 100);
        if (hours > 23 || minutes > 59 || seconds > 59)
        {
            Position = start;
            return false;
        }

        clock = new TimeSpan(hours, minutes, seconds) + TimeSpan.FromTicks(Fraction());
        return true;
    }

    /// <summary>A fraction of a second behind a point or comma, or of three digits behind a colon, in ticks.</summary>
    public long Fraction()
    {
        if (Peek is not ('.' or ',' or ':') || Position + 1 >= _text.Length || !char.IsAsciiDigit(_text[Position + 1]))
        {
            return 0;
        }

        var start = Position;
        var colon = Peek == ':';
        Position++;
        var digits = DigitsAhead;
        if (digits > 9 || (colon && digits != 3))
        {
            Position = start;
            return 0;
        }

        Long(digits, out var value);
        for (var i = digits; i < 7; i++)
        {
            value *= 10;
        }

        for (var i = digits; i > 7; i--)
        {
            value /= 10;
        }

        return value;
    }

    /// <summary>Z, +02:00, +0200, -07, UTC, GMT; nothing means UTC.</summary>
    public TimeSpan Zone()
    {
        var start = Position;
        if (Optional('Z'))
        {
            return TimeSpan.Zero;
        }

        Spaces();
        if (Position + 3 <= _text.Length && _text.Slice(Position, 3) is "UTC" or "GMT")
        {
            Position += 3;
            return TimeSpan.Zero;
        }

        var sign = Peek;
        Position += sign is '+' or '-' ? 1 : 0;
        var digits = DigitsAhead;
        if (sign is not ('+' or '-') || digits is not (2 or 4) || (Position - start > 1 && digits == 2 && !IsSeparatedBy(2, ':')))
        {
            Position = start;
            return TimeSpan.Zero;
        }

        Long(digits, out var number);
        var hours = digits == 4 ? number / 100 : number;
        var minutes = digits == 4 ? number % 100 : 0;
        if (digits == 2 && Peek == ':' && IsTwoDigits(Position + 1))
        {
            Position++;
            Long(2, out minutes);
        }

        if (hours > 14 || minutes > 59)
        {
            Position = start;
            return TimeSpan.Zero;
        }

        var offset = new TimeSpan((int)hours, (int)minutes, 0);
        return sign == '-' ? -offset : offset;
    }

    /// <summary>The year behind the time in <c>Dec 04 04:47:44 2005</c>.</summary>
    public bool YearBehind(out int year)
    {
        var start = Position;
        if (Spaces() == 1 && DigitsAhead == 4 && Number(out year) && year is >= 1970 and <= 2100)
        {
            return true;
        }

        Position = start;
        year = 0;
        return false;
    }

    private int Afternoon(int hours)
    {
        var at = Peek == ' ' ? Position + 1 : Position;
        if (hours is 0 or > 12 || at + 2 > _text.Length || _text[at + 1] is not ('M' or 'm') || _text[at] is not ('A' or 'a' or 'P' or 'p'))
        {
            return hours;
        }

        Position = at + 2;
        return (hours % 12) + (_text[at] is 'P' or 'p' ? 12 : 0);
    }

    private readonly bool IsTwoDigits(int at) => at + 2 <= _text.Length && char.IsAsciiDigit(_text[at]) && char.IsAsciiDigit(_text[at + 1])
        && (at + 2 == _text.Length || !char.IsAsciiDigit(_text[at + 2]));
}
