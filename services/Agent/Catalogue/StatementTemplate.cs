using System.Text;
using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Catalogue;

/// <summary>
/// A sentence with places for facts of signals: <c>{subject}</c> or an attribute in braces. A part in square brackets is
/// left out if its places cannot be filled: <c>exceeded its limit[ of {limit}]</c>.
/// </summary>
internal sealed partial class StatementTemplate(string text)
{
    public string Text { get; } = text;

    /// <summary>The places outside square brackets, which must always be fillable.</summary>
    public IEnumerable<string> CertainPlaces => Place().Matches(Optional().Replace(Text, "")).Select(place => place.Groups[1].Value);

    public IEnumerable<string> Places => Place().Matches(Text).Select(place => place.Groups[1].Value);

    /// <summary>
    /// Fills the places from the first source that has values for them. A part in brackets is filled from one source, so that figures which
    /// belong together stay together. A source gives null for what it does not know.
    /// </summary>
    public string Fill(IReadOnlyList<Func<string, string?>> sources)
    {
        var certain = Optional().Replace(Text, part =>
            sources.Select(source => TryFill(part.Groups[1].Value, source)).FirstOrDefault(filled => filled is not null) ?? "");
        return sources.Select(source => TryFill(certain, source)).FirstOrDefault(filled => filled is not null) ?? Place()
            .Replace(certain, "it");
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
