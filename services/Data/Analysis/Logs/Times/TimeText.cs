namespace FaultMaven.Data.Analysis.Logs.Times;

/// <summary>
/// Reads a time at the start of a text, in the forms that logs have. A time without a zone is taken for UTC, one without a year for the
/// such date nearest to <see cref="Near"/> or, where nothing near is known, for the last one that is not after the reference time.
/// </summary>
/// <param name="reference">Not earlier than the log's last entry: when it was uploaded.</param>
internal sealed class TimeText(DateTimeOffset reference)
{
    /// <summary>
    /// A time near those that are read, such as the one that a container's runtime wrote before the line; null if none is known.
    /// </summary>
    public DateTimeOffset? Near { get; set; }

    /// <summary>The last time read that did not tell its year.</summary>
    public DateTimeOffset? Guessed { get; private set; }

    /// <summary>What was read: how many characters, and which time if they tell the whole of it.</summary>
    public readonly record struct Reading(int Length, DateTimeOffset? Time)
    {
        public static Reading None => default;
    }

    /// <summary>Reads a time at the start of <paramref name="text"/>; its length is 0 if there is none.</summary>
    public Reading Read(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return Reading.None;
        }

        var cursor = new TimeCursor(text);
        var read = char.IsAsciiDigit(text[0]) ? ReadNumeric(ref cursor) : char.IsAsciiLetterUpper(text[0]) ? ReadNamed(ref cursor)
            : Reading.None;
        return read.Length > 0 && (read.Length == text.Length || !char.IsAsciiLetterOrDigit(text[read.Length])) ? read : Reading.None;
    }

    // Thu Mar 12 12:00:01.1 2026 | Thu, 12 Mar 2026 12:00:01 GMT | Mar 12 12:00:01 | Mar 12 2026 12:00:01
    private Reading ReadNamed(ref TimeCursor cursor)
    {
        if (cursor.Weekday())
        {
            cursor.Optional(',');
            cursor.Spaces();
            if (cursor.DigitsAhead is 1 or 2)
            {
                return ReadNumeric(ref cursor);
            }
        }

        var month = cursor.Month();
        if (month == 0 || cursor.Spaces() == 0 || cursor.DigitsAhead is not (1 or 2) || !cursor.Number(out var day))
        {
            return Reading.None;
        }

        cursor.Optional(',');
        var year = 0;
        if (cursor.Spaces() == 0)
        {
            return Reading.None;
        }

        if (cursor.DigitsAhead == 4)
        {
            cursor.Number(out year);
            cursor.Spaces();
        }

        if (!cursor.Clock(out var clock))
        {
            return Reading.None;
        }

        if (year == 0)
        {
            cursor.YearBehind(out year);
        }

        return Date(ref cursor, year, month, day, clock);
    }

    private Reading ReadNumeric(ref TimeCursor cursor)
    {
        var digits = cursor.DigitsAhead;
        if (cursor.IsSeparatedBy(digits, ':'))
        {
            // 15:16:01.123: a time of no day.
            return digits <= 2 && cursor.Clock(out _) ? new Reading(cursor.Position, null) : Reading.None;
        }

        return digits switch
        {
            10 or 13 or 16 or 19 => ReadEpoch(ref cursor, digits),
            4 => ReadYearFirst(ref cursor),
            8 or 6 => ReadCompact(ref cursor, digits),
            7 => ReadDayOfYear(ref cursor),
            14 or 17 => ReadDigits(ref cursor, digits),
            1 or 2 => ReadYearLast(ref cursor),
            _ => Reading.None,
        };
    }

    // 1773316801 | 1773316801.123 | 1762000000123 | …456 | …789
    private static Reading ReadEpoch(ref TimeCursor cursor, int digits)
    {
        cursor.Long(digits, out var number);
        var ticks = digits switch
        {
            10 => number * TimeSpan.TicksPerSecond,
            13 => number * TimeSpan.TicksPerMillisecond,
            16 => number * TimeSpan.TicksPerMicrosecond,
            _ => number / TimeSpan.NanosecondsPerTick,
        };
        if (digits == 10)
        {
            ticks += cursor.Fraction();
        }

        // Between 1990 and 2100: other long numbers are ids.
        return ticks is > 631_152_000L * TimeSpan.TicksPerSecond and < 4_102_444_800L * TimeSpan.TicksPerSecond
            ? new Reading(cursor.Position, DateTimeOffset.UnixEpoch.AddTicks(ticks))
            : Reading.None;
    }

    // 2026-03-12T12:00:01.123Z | 2026/03/12 12:00:01,123 +0100 | 2026-03-12-12.00.01.123456 | 2026.03.12
    private Reading ReadYearFirst(ref TimeCursor cursor)
    {
        if (!cursor.Number(out var year) || !cursor.DateSeparator(out var separator))
        {
            return Reading.None;
        }

        var isDayOfYear = separator == '-' && cursor.DigitsAhead == 3;
        if (!cursor.Number(out var month))
        {
            return Reading.None;
        }

        if (isDayOfYear)
        {
            return DayOfYearThenClock(ref cursor, year, month);
        }

        return cursor.Optional(separator) && cursor.Number(out var day) ? DateThenClock(ref cursor, year, month, day) : Reading.None;
    }

    // 20260312120001 | 20260312120001123
    private Reading ReadDigits(ref TimeCursor cursor, int digits)
    {
        cursor.Long(8, out var date);
        cursor.Long(6, out var clock);
        var milliseconds = 0L;
        if (digits == 17)
        {
            cursor.Long(3, out milliseconds);
        }

        var time = new TimeSpan(0, (int)(clock / 10_000), (int)(clock / 100 % 100), (int)(clock % 100), (int)milliseconds);
        return clock / 10_000 > 23 || clock / 100 % 100 > 59 || clock % 100 > 59 ? Reading.None
            : Date(ref cursor, (int)(date / 10_000), (int)(date / 100 % 100), (int)(date % 100), time);
    }

    // 2026071 12:00:01.12
    private Reading ReadDayOfYear(ref TimeCursor cursor)
    {
        cursor.Long(7, out var number);
        return DayOfYearThenClock(ref cursor, (int)number / 1_000, (int)number % 1_000);
    }

    // 2026-071T12:00:01.123: without a clock behind it, it is a number.
    private Reading DayOfYearThenClock(ref TimeCursor cursor, int year, int dayOfYear)
    {
        if (year is < 1970 or > 2100 || dayOfYear < 1 || dayOfYear > (DateTime.IsLeapYear(year) ? 366 : 365)
            || !cursor.Between() || !cursor.Clock(out var clock))
        {
            return Reading.None;
        }

        var day = new DateTime(year, 1, 1).AddDays(dayOfYear - 1);
        return Date(ref cursor, year, day.Month, day.Day, clock);
    }

    // 20251130-21:14:27:305 | 20260312T120001Z | 251130 211427
    private Reading ReadCompact(ref TimeCursor cursor, int digits)
    {
        cursor.Long(digits, out var number);
        var date = digits == 8 ? (int)number : 20_000_000 + (int)number;
        var before = cursor.Position;
        if (!cursor.Between()
            || !(digits == 8 ? AnyClock(ref cursor, out var clock) || cursor.CompactClock(out clock) : cursor.CompactClock(out clock)))
        {
            return before == 8 && date is > 19_900_000 and < 21_000_000
                ? Date(ref cursor, date / 10_000, date / 100 % 100, date % 100, null) : Reading.None;
        }

        return Date(ref cursor, date / 10_000, date / 100 % 100, date % 100, clock);
    }

    // 03-12 12:00:01.123 | 10.30 12:00:01 | 12/Mar/2026:12:00:01 +0100 | 3/12/2026 1:02:03 PM | 25/11/30 21:14:27 | 12 Mar 2026 12:00:01
    private Reading ReadYearLast(ref TimeCursor cursor)
    {
        cursor.Number(out var first);
        if (!cursor.DateSeparator(out var separator))
        {
            return Reading.None;
        }

        if (cursor.Month() is var named and > 0)
        {
            return cursor.Optional(separator) && cursor.DigitsAhead == 4 && cursor.Number(out var namedYear)
                ? DateThenClock(ref cursor, namedYear, named, first)
                : Reading.None;
        }

        if (separator == ' ' || cursor.DigitsAhead is not (1 or 2) || !cursor.Number(out var second))
        {
            return Reading.None;
        }

        if (!cursor.Optional(separator))
        {
            return cursor.Between() && cursor.Clock(out var clock) ? Date(ref cursor, 0, first, second, clock) : Reading.None;
        }

        var digits = cursor.DigitsAhead;
        if (digits is not (2 or 4) || !cursor.Number(out var third))
        {
            return Reading.None;
        }

        if (digits == 2)
        {
            return first is > 0 and < 100 && second <= 12 && third <= 31
                ? DateThenClock(ref cursor, 2000 + first, second, third)
                : DateThenClock(ref cursor, 2000 + third, second, first);
        }

        // 03/04/2026 is March with slashes, April with dashes and dots, unless only one of them can be.
        var dayFirst = first > 12 || (separator != '/' && second <= 12);
        return dayFirst ? DateThenClock(ref cursor, third, second, first) : DateThenClock(ref cursor, third, first, second);
    }

    private Reading DateThenClock(ref TimeCursor cursor, int year, int month, int day)
    {
        var end = cursor.Position;
        TimeSpan? clock = null;
        if (cursor.Between() && (AnyClock(ref cursor, out var read) || cursor.CompactClock(out read)))
        {
            clock = read;
        }
        else
        {
            cursor.Position = end;
        }

        return Date(ref cursor, year, month, day, clock);
    }

    // 12:00:01.123, and 12:0:1:7 where leading zeros are left out.
    private static bool AnyClock(ref TimeCursor cursor, out TimeSpan clock)
    {
        var start = cursor.Position;
        if (cursor.Clock(out clock) && !cursor.IsSeparatedBy(0, ':'))
        {
            return true;
        }

        var end = cursor.Position;
        cursor.Position = start;
        if (cursor.LooseClock(out var loose))
        {
            clock = loose;
            return true;
        }

        cursor.Position = end;
        return end > start;
    }

    private Reading Date(ref TimeCursor cursor, int year, int month, int day, TimeSpan? clock)
    {
        if (month is < 1 or > 12 || day < 1 || day > (year == 0 ? 31 : 0)
            + (year is >= 1970 and <= 2100 ? DateTime.DaysInMonth(year, month) : 0))
        {
            return Reading.None;
        }

        if (clock is not { } time)
        {
            // A day alone belongs to a header, but does not tell when.
            return new Reading(cursor.Position, null);
        }

        var offset = cursor.Zone();
        return year > 0
            ? new Reading(cursor.Position, new DateTimeOffset(new DateTime(year, month, day).Add(time) - offset, TimeSpan.Zero))
            : new Reading(cursor.Position, Guessed = Near is { } near ? NearestTo(near, month, day, time) : WithoutYear(month, day, time));
    }

    private static DateTimeOffset? NearestTo(DateTimeOffset near, int month, int day, TimeSpan time)
    {
        DateTimeOffset? nearest = null;
        for (var year = Math.Max(near.Year - 1, 1); year <= Math.Min(near.Year + 1, 9999); year++)
        {
            if (day <= DateTime.DaysInMonth(year, month)
                && new DateTimeOffset(new DateTime(year, month, day).Add(time), TimeSpan.Zero) is var candidate
                && (nearest is not { } known || (candidate - near).Duration() < (known - near).Duration()))
            {
                nearest = candidate;
            }
        }

        return nearest;
    }

    private DateTimeOffset? WithoutYear(int month, int day, TimeSpan time)
    {
        // February 29 may be up to eight years back.
        for (var year = reference.Year; year > reference.Year - 9; year--)
        {
            if (day > DateTime.DaysInMonth(year, month))
            {
                continue;
            }

            var candidate = new DateTimeOffset(new DateTime(year, month, day).Add(time), TimeSpan.Zero);
            if (candidate <= reference.AddDays(1))
            {
                return candidate;
            }
        }

        return null;
    }
}
