namespace FaultMaven.Knowledge.Chunks;

/// <summary>The fence around a block of code: three or more backticks or tildes, closed by at least as many of the same.</summary>
internal readonly record struct Fence(char Mark, int Length)
{
    public bool IsOpen => Length > 0;

    /// <summary>The fence that a line opens, such as <c>```shell</c>. Indented ones count too: they are in lists.</summary>
    public static Fence Opening(ReadOnlySpan<char> line)
    {
        var text = AfterListMarker(line.Trim());
        if (text.IsEmpty || text[0] is not ('`' or '~'))
        {
            return default;
        }

        var mark = text[0];
        var rest = text.TrimStart(mark);
        var length = text.Length - rest.Length;
        return length >= 3 && !(mark == '`' && rest.Contains('`')) ? new Fence(mark, length) : default;
    }

    public bool IsClosedBy(ReadOnlySpan<char> line)
    {
        var text = line.Trim();
        return text.Length >= Length && text.TrimStart(Mark).IsEmpty;
    }

    private static ReadOnlySpan<char> AfterListMarker(ReadOnlySpan<char> text)
    {
        var digits = text.IndexOfAnyExceptInRange('0', '9');
        if (digits > 0 && text.Length > digits + 1 && text[digits] is '.' or ')' && text[digits + 1] == ' ')
        {
            return text[(digits + 1)..].TrimStart();
        }

        return text.Length > 2 && text[0] is '-' or '*' or '+' && text[1] == ' ' ? text[1..].TrimStart() : text;
    }
}
