using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Reads <c>12:M 12 Mar 2026 12:00:01.123 # Out of memory</c>, as Redis and Valkey write: role, time, and a sign for the level.
/// </summary>
internal static class RedisLine
{
    public static bool TryRead(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        var colon = line[..Math.Min(line.Length, 10)].IndexOf(':');
        if (colon < 1 || line.Length < colon + 20 || line[..colon].ContainsAnyExceptInRange('0', '9')
            || line[colon + 1] is not ('M' or 'S' or 'C' or 'X') || line[colon + 2] != ' ')
        {
            return false;
        }

        var rest = line[(colon + 3)..];
        var reading = times.Read(rest);
        if (reading.Time is null || rest.Length < reading.Length + 3 || rest[reading.Length] != ' ' || rest[reading.Length + 2] != ' ')
        {
            return false;
        }

        var level = rest[reading.Length + 1] switch
        {
            '#' => Proto.EntryLevel.Warning,
            '*' => Proto.EntryLevel.Information,
            '-' => Proto.EntryLevel.Debug,
            '.' => Proto.EntryLevel.Trace,
            _ => Proto.EntryLevel.Unspecified,
        };
        if (level == Proto.EntryLevel.Unspecified)
        {
            return false;
        }

        parsed.IsEvent = true;
        parsed.Time = reading.Time;
        parsed.Level = level;
        parsed.Message = rest[(reading.Length + 3)..];
        return true;
    }
}
