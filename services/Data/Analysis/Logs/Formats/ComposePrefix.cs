namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// What <c>docker compose logs</c> puts before a line, <c>cart-1 | </c>: the name of the container, filled up to the longest of them.
/// Learned from the first lines of a log, since a bar alone may be anybody's.
/// </summary>
internal sealed class ComposePrefix
{
    private const int MaxColumn = 80;

    // Compose reports containers that end, and itself, without a prefix.
    private const double MinShare = 0.8;

    private readonly int _column;

    private ComposePrefix(int column) => _column = column;

    /// <summary>Learns from lines without colours; null if they have no such prefix.</summary>
    public static ComposePrefix? Learn(IReadOnlyCollection<string> sample)
    {
        var columns = new Dictionary<int, int>();
        var lines = 0;
        foreach (var line in sample.Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            lines++;
            if (ColumnOf(line) is var column and > 0)
            {
                columns[column] = columns.GetValueOrDefault(column) + 1;
            }
        }

        var (best, count) = columns.OrderByDescending(column => column.Value).FirstOrDefault();
        return lines > 1 && count >= MinShare * lines ? new ComposePrefix(best) : null;
    }

    /// <summary>Takes the prefix off; <paramref name="container"/> is empty if there is none.</summary>
    public ReadOnlySpan<char> Strip(ReadOnlySpan<char> line, out ReadOnlySpan<char> container)
    {
        container = default;
        if (ColumnOf(line) != _column)
        {
            return line;
        }

        container = line[..line.IndexOf(' ')];
        return line[Math.Min(line.Length, _column + 2)..];
    }

    // The name, blanks, a bar, and a blank or the end.
    private static int ColumnOf(ReadOnlySpan<char> line)
    {
        var blank = line[..Math.Min(line.Length, MaxColumn)].IndexOf(' ');
        if (blank < 1 || !IsName(line[..blank]))
        {
            return 0;
        }

        var column = blank + line[blank..].IndexOfAnyExcept(' ');
        return column > blank && column <= MaxColumn && line[column] == '|' && (column + 1 == line.Length || line[column + 1] == ' ')
            ? column : 0;
    }

    private static bool IsName(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_' or '.'))
            {
                return false;
            }
        }

        // "ERROR | no route": a level, or a number, is not a container.
        return word.ContainsAnyInRange('a', 'z') && char.IsAsciiLetterOrDigit(word[0])
            && LevelNames.Read(word) == Proto.EntryLevel.Unspecified;
    }
}
