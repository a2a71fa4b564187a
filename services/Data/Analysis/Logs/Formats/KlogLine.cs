using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Reads <c>I0312 12:00:01.123456 1 reflector.go:147] watch of *v1.Pod ended</c>, as Kubernetes' own programs write.
/// </summary>
internal static class KlogLine
{
    public static bool TryRead(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        if (line.Length < 22 || line[5] != ' ' || line[1..5].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var close = line[..Math.Min(line.Length, 200)].IndexOf("] ", StringComparison.Ordinal);
        if (close < 0)
        {
            return false;
        }

        // The date without its dash: 0312 is 03-12.
        Span<char> time = stackalloc char[24];
        var rest = line[6..Math.Min(21, line.Length)];
        line[1..3].CopyTo(time);
        time[2] = '-';
        line[3..5].CopyTo(time[3..]);
        time[5] = ' ';
        rest.CopyTo(time[6..]);
        var reading = times.Read(time[..(6 + rest.Length)].TrimEnd());
        if (reading.Length == 0)
        {
            return false;
        }

        var source = line[..close];
        source = source[(source.LastIndexOf(' ') + 1)..];
        var colon = source.IndexOf(':');
        parsed.IsEvent = true;
        parsed.Time = reading.Time;
        parsed.Level = LevelNames.OfLetter(line[0]);
        parsed.Source = colon > 0 ? source[..colon] : source;
        parsed.Message = line[(close + 2)..];
        return true;
    }
}
