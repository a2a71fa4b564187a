using nietras.SeparatedValues;

namespace FaultMaven.Data.Sources;

/// <summary>A row of a table.</summary>
/// <param name="Fields">Its fields, trimmed and without the quotes around them.</param>
/// <param name="At">Its lines; several where a quoted field has line breaks.</param>
internal sealed record CsvRow(IReadOnlyList<string> Fields, LineRange At);

/// <summary>Reads tables in CSV (RFC 4180), or with another separator.</summary>
internal static class Csv
{
    private const int MaxColumns = 2000;

    // What a quote opens must close within this many lines and characters: a stray quote must not swallow the rest of the table.
    private const int MaxLinesOfRow = 50;
    private const int MaxRowLength = 1 << 20;

    /// <summary>The rows in order, without blank lines and comments that begin with <c>#</c>.</summary>
    public static IEnumerable<CsvRow> Rows(SourceText text, char separator)
    {
        if (Enumerable.Range(1, text.LineCount).Any(number => text.Line(number).Length > MaxRowLength))
        {
            yield break;
        }

        using var reader = Sep.New(separator).Reader(options => options with
        {
            HasHeader = false,
            DisableColCountCheck = true,
            Unescape = true,
            Trim = SepTrim.All,
        }).FromText(Closed(text));

        var isFirst = true;
        foreach (var row in reader)
        {
            var fields = new string[Math.Min(row.ColCount, MaxColumns)];
            for (var i = 0; i < fields.Length; i++)
            {
                fields[i] = row[i].ToString();
            }

            // Without a header Sep counts the lines of the first row from its end.
            var at = new LineRange(isFirst ? 1 : row.LineNumberFrom, row.LineNumberToExcl - 1);
            isFirst = false;
            if (fields.Length > 0 && (fields.Length > 1 || fields[0].Length > 0) && !fields[0].StartsWith('#'))
            {
                yield return new CsvRow(fields, at);
            }
        }
    }

    /// <summary>
    /// The text with every quote closed: in a line whose quote does not close soon enough, quotes become apostrophes. A lone carriage
    /// return
    /// becomes a blank, so that lines are counted as everywhere else. The length stays the same.
    /// </summary>
    private static string Closed(SourceText text)
    {
        if (text.Text.AsSpan().IndexOfAny('"', '\r') < 0)
        {
            return text.Text;
        }

        var letters = text.Text.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (letters[i] == '\r' && (i + 1 == letters.Length || letters[i + 1] != '\n'))
            {
                letters[i] = ' ';
            }
        }

        for (var number = 1; number <= text.LineCount;)
        {
            if (EndOfRow(text, number) is { } last)
            {
                number = last + 1;
            }
            else
            {
                letters.AsSpan(text.StartOf(number), text.Line(number).Length).Replace('"', '\'');
                number++;
            }
        }

        return new string(letters);
    }

    /// <summary>The last line of the row that begins in a line; null if a quote in it does not close.</summary>
    private static int? EndOfRow(SourceText text, int first)
    {
        var isOpen = false;
        var length = 0;
        for (var number = first; number <= Math.Min(text.LineCount, first + MaxLinesOfRow - 1) && length <= MaxRowLength; number++)
        {
            var line = text.Line(number);
            length += line.Length;
            isOpen ^= line.Count('"') % 2 == 1;
            if (!isOpen)
            {
                return number;
            }
        }

        return null;
    }
}
