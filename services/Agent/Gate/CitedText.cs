using System.Globalization;
using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Gate;

/// <summary>Finds the figures and names of a statement that are not in given texts.</summary>
internal sealed partial class CitedText(IEnumerable<string> texts)
{
    private readonly string _text = string.Join('\n', texts);
    private List<double>? _figures;

    private List<double> Figures => _figures ??= [.. FiguresIn(_text).Select(figure => figure.Value)];

    /// <summary>The figures and names of a statement that the texts do not contain.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isWord">True for what looks like a name but is a word of the language.</param>
    public IReadOnlyList<string> Missing(string statement, Func<string, bool> isWord)
    {
        var missing = new List<string>();
        var rest = Name().Replace(statement, match =>
        {
            var name = match.Value.Trim('.', ':', '/', '-');
            if (!LooksLikeName(name))
            {
                return match.Value;
            }

            if (!_text.Contains(name, StringComparison.OrdinalIgnoreCase) && !isWord(name))
            {
                missing.Add(name);
            }

            return " ";
        });
        missing.AddRange(FiguresIn(rest).Where(figure => !IsThere(figure)).Select(figure => figure.Text));
        return missing;
    }

    // A figure may be rounded to the digits it shows: 94 matches 93.8.
    private bool IsThere((string Text, double Value) figure)
    {
        var point = figure.Text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? 0 : figure.Text.Length - point - 1;
        return Figures.Any(known => Math.Abs(Math.Round(known, Math.Min(digits, 15), MidpointRounding.AwayFromZero) - figure.Value) < 1e-9);
    }

    private static IEnumerable<(string Text, double Value)> FiguresIn(string text) => Figure().Matches(text)
        .Select(match => (match.Value, double.Parse(match.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)));

    // Unlike words of prose, names have a digit among letters, a capital inside, or a joining character.
    private static bool LooksLikeName(string token) =>
        token.Any(char.IsLetter)
        && (token.Any(char.IsDigit) || token.AsSpan()
            .ContainsAny("_-./:") || (token.Length > 2 && token.Skip(1).Any(char.IsUpper) && token.Any(char.IsLower)));

    [GeneratedRegex(@"[A-Za-z0-9_][A-Za-z0-9_./:-]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")]
    private static partial Regex Figure();
}
