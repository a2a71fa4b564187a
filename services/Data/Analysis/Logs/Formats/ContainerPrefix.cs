using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>Takes off what container runtimes and terminals put around a line.</summary>
internal static class ContainerPrefix
{
    /// <summary>Takes off <c>2026-03-12T12:00:01.123456789Z stderr F </c> and colour codes; keeps the rest.</summary>
    public static ReadOnlySpan<char> Strip(ReadOnlySpan<char> line, TimeText times, out DateTimeOffset? time, out bool isCut)
    {
        time = null;
        isCut = false;
        if (line.Length > 0 && line[0] == '\uFEFF')
        {
            line = line[1..];
        }

        if (line.Contains('\u001b'))
        {
            line = WithoutColours(line);
        }

        if (line.Length < 30 || !char.IsAsciiDigit(line[0]))
        {
            return line;
        }

        var blank = line[..30].IndexOf(' ');
        if (blank < 0)
        {
            blank = line[..Math.Min(40, line.Length)].IndexOf(' ');
        }

        if (blank < 20)
        {
            return line;
        }

        var rest = line[(blank + 1)..];
        if (!rest.StartsWith("stdout ", StringComparison.Ordinal) && !rest.StartsWith("stderr ", StringComparison.Ordinal))
        {
            return line;
        }

        var reading = times.Read(line);
        if (reading.Length != blank)
        {
            return line;
        }

        time = reading.Time;
        rest = rest[7..];
        isCut = rest.StartsWith("P ", StringComparison.Ordinal);
        return rest.Length > 1 && rest[0] is 'F' or 'P' && rest[1] == ' ' ? rest[2..] : rest is "F" or "P" ? default : rest;
    }

    // ESC [ 31 m
    private static char[] WithoutColours(ReadOnlySpan<char> line)
    {
        var kept = new char[line.Length];
        var length = 0;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '\u001b')
            {
                kept[length++] = line[i];
                continue;
            }

            if (i + 1 < line.Length && line[i + 1] == '[')
            {
                i++;
                while (i + 1 < line.Length && (char.IsAsciiDigit(line[i + 1]) || line[i + 1] == ';'))
                {
                    i++;
                }

                // Anything else does not end it, and half of a pair would be left.
                i += i + 1 < line.Length && line[i + 1] is >= '@' and <= '~' ? 1 : 0;
            }
        }

        return kept[..length];
    }
}
