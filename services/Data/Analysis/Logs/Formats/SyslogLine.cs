using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Reads syslog lines with their priority: <c>&lt;165&gt;1 2026-03-12T12:00:01.003Z web-1 app 812 ID47 [x y="z"] message</c> (RFC 5424) and
/// <c>&lt;34&gt;Oct 11 22:14:15 web-1 su[12]: message</c> (RFC 3164).
/// </summary>
internal static class SyslogLine
{
    public static bool TryRead(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        var close = line[..Math.Min(line.Length, 5)].IndexOf('>');
        if (close < 2 || !int.TryParse(line[1..close], out var priority) || priority > 191)
        {
            return false;
        }

        var rest = line[(close + 1)..];
        var version = rest.StartsWith("1 ", StringComparison.Ordinal);
        rest = version ? rest[2..] : rest;
        var reading = times.Read(rest);
        if (reading.Length == 0)
        {
            return false;
        }

        parsed.IsEvent = true;
        parsed.Time = reading.Time;
        parsed.Level = LevelNames.OfSeverity(priority & 7);
        rest = rest[reading.Length..].TrimStart(' ');
        parsed.Host = Take(ref rest);
        if (version)
        {
            parsed.Source = Take(ref rest);
            Take(ref rest);
            Take(ref rest);
            parsed.Message = WithoutStructure(rest);
            return true;
        }

        var tag = rest[..Math.Min(rest.Length, 80)].IndexOf(": ", StringComparison.Ordinal);
        if (tag > 0)
        {
            var process = rest[..tag].IndexOf('[');
            parsed.Source = rest[..(process > 0 ? process : tag)];
            rest = rest[(tag + 2)..];
        }

        parsed.Message = rest;
        return true;
    }

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> rest)
    {
        var blank = rest.IndexOf(' ');
        var field = blank < 0 ? rest : rest[..blank];
        rest = blank < 0 ? default : rest[(blank + 1)..];
        return field is "-" ? default : field;
    }

    private static ReadOnlySpan<char> WithoutStructure(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith("- ", StringComparison.Ordinal))
        {
            return rest[2..];
        }

        while (!rest.IsEmpty && rest[0] == '[')
        {
            var quoted = false;
            var end = 1;
            for (; end < rest.Length && (quoted || rest[end] != ']'); end++)
            {
                quoted ^= rest[end] == '"' && rest[end - 1] != '\\';
            }

            rest = rest[Math.Min(end + 1, rest.Length)..];
        }

        return rest.TrimStart(' ');
    }
}
