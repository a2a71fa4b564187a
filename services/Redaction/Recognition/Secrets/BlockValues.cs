namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>Values that are below their names: in a YAML block, on the next line, after a line that continues.</summary>
internal static class BlockValues
{
    private const int MaxLine = 2048;
    private const int MaxLines = 64;

    /// <summary>
    /// Whether what follows a name says that the value is below: a line's end, <c>|</c>, <c>&gt;-</c>, <c>\</c>.
    /// </summary>
    public static bool StartBelow(ReadOnlySpan<char> text, int at, out int lineEnd, out bool isBlock)
    {
        lineEnd = at;
        isBlock = at < text.Length && text[at] is '|' or '>';
        lineEnd += isBlock ? 1 + Alphabets.Run(text, at + 1, Alphabets.BlockHints, 2) : at < text.Length && text[at] == '\\' ? 1 : 0;
        return lineEnd < text.Length && text[lineEnd] is '\r' or '\n';
    }

    /// <summary>Reads the value on the lines below, or none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lineEnd">Where the name's line ends.</param>
    /// <param name="isBlock">Whether all lines that are indented alike belong to it; else one line does.</param>
    public static ValueSpan Below(ReadOnlySpan<char> text, int lineEnd, bool isBlock)
    {
        var line = Next(text, lineEnd);
        var start = line + Indentation(text, line);
        var end = Boundary.LineEnd(text, start, MaxLine);
        if (start >= end)
        {
            return ValueSpan.None;
        }

        if (!isBlock)
        {
            var value = ValueSpan.At(text, start);
            return value.Quoted || value.End == end ? value : ValueSpan.None;
        }

        var last = end;
        for (var i = 1; i < MaxLines; i++)
        {
            var next = Next(text, last);
            if (next == last || Indentation(text, next) < start - line || start == line)
            {
                break;
            }

            last = Boundary.LineEnd(text, next, MaxLine);
        }

        return new ValueSpan(start, last, Quoted: true);
    }

    private static int Next(ReadOnlySpan<char> text, int lineEnd)
    {
        var at = lineEnd;
        at += at < text.Length && text[at] == '\r' ? 1 : 0;
        return at + (at < text.Length && text[at] == '\n' ? 1 : 0);
    }

    private static int Indentation(ReadOnlySpan<char> text, int line) => Alphabets.Run(text, line, Alphabets.Blanks, 80);
}
