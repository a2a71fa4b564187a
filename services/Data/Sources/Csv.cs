using System.Text;

namespace FaultMaven.Data.Sources;

/// <summary>Splits the lines of tables.</summary>
internal static class Csv
{
    private const int MaxColumns = 2000;

    /// <summary>The trimmed fields of a line; a field in double quotes may hold the separator.</summary>
    public static IReadOnlyList<string> Split(string line, char separator)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        foreach (var letter in line)
        {
            if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (letter == separator && !isQuoted && fields.Count < MaxColumns)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(letter);
            }
        }

        fields.Add(field.ToString().Trim());
        return fields;
    }
}
