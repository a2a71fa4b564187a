using System.Text;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>
/// Decides whether a column of plain words belongs to the header or begins the message, by what follows each of its values. A host or a
/// thread may stand before any message, so knowing it says little about what follows; the first word of a message says much.
/// </summary>
internal static class HeaderColumn
{
    // A column whose values are known from the message after them to this share of their information is part of the message.
    private const double MaxDependence = 0.35;

    private const int MinRows = 40;
    private const int MinOfShape = 4;
    private const int MinShapesAfterConstant = 4;
    private const int ShapeFields = 3;

    /// <summary>True if most rows have a word soon behind the column: something is left to be said.</summary>
    public static bool LeavesWords(List<HeaderSample> rows, int[] at)
    {
        var count = 0;
        for (var i = 0; i < rows.Count; i++)
        {
            var fields = rows[i].Fields;
            for (var next = at[i] + 1; next < Math.Min(fields.Length, at[i] + 5); next++)
            {
                if (fields[next].Kind is FieldKind.Word or FieldKind.Tag)
                {
                    count++;
                    break;
                }
            }
        }

        return count >= 0.6 * rows.Count;
    }

    /// <summary>True if the column's values are independent of what follows them.</summary>
    public static bool IsIndependent(List<HeaderSample> rows, int[] at)
    {
        var pairs = new List<(string Value, string Shape)>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            if (at[i] < rows[i].Fields.Length)
            {
                pairs.Add((rows[i].Text(at[i]).ToString(), ShapeBehind(rows[i], at[i])));
            }
        }

        // Values such as names in a message have shapes of which each occurs once or twice; nothing can be learned from those.
        var frequent = pairs.CountBy(pair => pair.Shape).Where(shape => shape.Value >= MinOfShape).ToDictionary();
        pairs = pairs.FindAll(pair => frequent.ContainsKey(pair.Shape));
        if (pairs.Count < MinRows || pairs.Count * 3 < rows.Count)
        {
            return false;
        }

        var values = pairs.CountBy(pair => pair.Value).ToDictionary();
        if (values.Count == 1)
        {
            return frequent.Count >= MinShapesAfterConstant;
        }

        var ofValue = Entropy(values.Values, pairs.Count);
        var ofShape = Entropy(frequent.Values, pairs.Count);
        var ofBoth = Entropy(pairs.CountBy(pair => pair).Select(pair => pair.Value), pairs.Count);
        var chance = (values.Count - 1) * (frequent.Count - 1) / (2 * Math.Log(2) * pairs.Count);
        return frequent.Count > 1 && ofValue + ofShape - ofBoth - chance <= MaxDependence * ofValue;
    }

    /// <summary>
    /// True if the column's values are few and written as names in code are, in capitals or with capitals or underscores inside, and what
    /// follows is not: <c>RRC setup complete</c>, <c>ActivityThread process bound</c>.
    /// </summary>
    public static bool HoldsIdentifiers(List<HeaderSample> rows, int[] at)
    {
        var values = new HashSet<string>(StringComparer.Ordinal);
        var (named, alike) = (0, 0);
        for (var i = 0; i < rows.Count; i++)
        {
            if (at[i] >= rows[i].Fields.Length)
            {
                continue;
            }

            var text = rows[i].Text(at[i]);
            values.Add(text.ToString());
            named += IsIdentifier(text) ? 1 : 0;
            alike += at[i] + 1 < rows[i].Fields.Length && IsIdentifier(rows[i].Text(at[i] + 1)) ? 1 : 0;
        }

        return rows.Count >= MinRows && named >= 0.95 * rows.Count && alike <= 0.3 * rows.Count && values.Count > 1
            && values.Count * 10 <= rows.Count;
    }

    private static bool IsIdentifier(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || !char.IsAsciiLetter(text[0]))
        {
            return false;
        }

        return text[1..].ContainsAnyInRange('A', 'Z') || text.Contains('_');
    }

    // The words that follow, with all that may vary left out.
    private static string ShapeBehind(HeaderSample row, int at)
    {
        var shape = new StringBuilder();
        for (var i = at + 1; i < Math.Min(row.Fields.Length, at + 1 + ShapeFields); i++)
        {
            var isWord = row.Fields[i].Kind is FieldKind.Word or FieldKind.Tag && !row.Text(i).ContainsAnyInRange('0', '9');
            shape.Append(isWord ? row.Text(i) : "*").Append(' ');
        }

        return shape.ToString();
    }

    private static double Entropy(IEnumerable<int> counts, double total) => -counts.Sum(count => count / total * Math.Log2(count / total));
}
