using System.Buffers;

namespace FaultMaven.Redaction.Recognition;

/// <summary>What the text around a place says about it.</summary>
internal static class Context
{
    private const int MaxLine = 240;
    private const int MaxPrefix = 28;

    private static readonly SearchValues<char> s_technical = SearchValues.Create("=[]{}|<>\\_;$^~");

    /// <summary>
    /// Whether a line reads as written by a person rather than by a program: it starts with a letter or a quote, its first characters are
    /// no time or level, and brackets, equals signs and underscores are next to absent.
    /// </summary>
    public static bool IsProse(ReadOnlySpan<char> text, int at)
    {
        var start = Boundary.LineStart(text, at, MaxLine);
        var line = text[start..Boundary.LineEnd(text, at, MaxLine)].TrimStart(" \t\"'“‘(-*•,");
        if (line.IsEmpty)
        {
            return false;
        }

        var digits = 0;
        foreach (var c in line[..Math.Min(MaxPrefix, Math.Min(line.Length, Math.Max(1, at - start)))])
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        var technical = 0;
        foreach (var c in line)
        {
            technical += s_technical.Contains(c) ? 1 : 0;
        }

        return digits <= 5 && technical <= 1 && !IsShouted(line);
    }

    // "INFO …", "ERROR: …": levels that start a line.
    private static bool IsShouted(ReadOnlySpan<char> line)
    {
        var word = Alphabets.Run(line, 0, Alphabets.Word, 9);
        return line[..word] is "INFO" or "WARN" or "WARNING" or "ERROR" or "DEBUG" or "TRACE" or "FATAL" or "NOTICE" or "CRITICAL";
    }
}
