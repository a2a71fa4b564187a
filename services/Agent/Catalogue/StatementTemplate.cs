using System.Text;
using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Catalogue;

/// <summary>
/// A sentence with places for what signals tell: <c>{subject}</c> or an attribute in braces. What stands in square brackets is
/// left out where one of its places cannot be filled: <c>exceeded its limit[ of {limit}]</c>.
/// </summary>
internal sealed partial class StatementTemplate(string text)
{
    public string Text { get; } = text;

    /// <summary>The places outside square brackets, which must always be fillable.</summary>
    public IEnumerable<string> CertainPlaces => Place().Matches(Optional().Replace(Text, "")).Select(place => place.Groups[1].Value);

    public IEnumerable<string> Places => Place().Matches(Text).Select(place => place.Groups[1].Value);

    /// <summary>Fills the places; <paramref name="find"/> gives null for what is unknown.</summary>
    public string Fill(Func<string, string?> find)
    {
        var certain = Optional().Replace(Text, part => TryFill(part.Groups[1].Value, find) ?? "");
        return TryFill(certain, find) ?? Place().Replace(certain, place => find(place.Groups[1].Value) ?? "something");
    }

    private static string? TryFill(string text, Func<string, string?> find)
    {
        var filled = new StringBuilder();
        var from = 0;
        foreach (Match place in Place().Matches(text))
        {
            if (find(place.Groups[1].Value) is not { Length: > 0 } value)
            {
                return null;
            }

            filled.Append(text, from, place.Index - from).Append(value);
            from = place.Index + place.Length;
        }

        return filled.Append(text, from, text.Length - from).ToString();
    }

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\[([^\[\]]*)\]")]
    private static partial Regex Optional();
}
