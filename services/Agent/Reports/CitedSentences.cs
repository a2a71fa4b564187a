using System.Text.RegularExpressions;
using FaultMaven.Agents.Gate;

namespace FaultMaven.Agents.Reports;

/// <summary>
/// Finds what a sentence of an answer rests on. The gate let it pass because the claims support it, but did not keep which; a claim that
/// has most of the words of the sentence, all of its figures and names, and a negation only if that has one, does.
/// </summary>
internal sealed partial class CitedSentences(IEnumerable<Proto.Claim> claims)
{
    private const double Enough = 0.6;

    private readonly List<(Proto.Claim Claim, HashSet<string> Words)> _claims = [.. claims.Select(claim => (claim, Words(claim.Text)))];

    /// <summary>The citations of the claim that says the same. Empty if none does: then the sentence has no place in a report.</summary>
    public IEnumerable<Data.Citation> Of(string sentence)
    {
        var words = Words(sentence);
        return words.Count == 0 ? []
            : _claims.Select(entry => (entry.Claim, Share: (double)words.Count(entry.Words.Contains) / words.Count))
                .Where(entry => entry.Share >= Enough && Denies(entry.Claim.Text) == Denies(sentence)
                    && new CitedText(entry.Claim.Citations.Select(citation => citation.Quote).Prepend(entry.Claim.Text))
                        .Missing(sentence, _ => false).Count == 0)
                .OrderByDescending(entry => entry.Share)
                .Take(1)
                .SelectMany(entry => entry.Claim.Citations);
    }

    private static HashSet<string> Words(string text) =>
        [.. Word().Matches(text).Select(match => match.Value.Trim('.', ':', '/', '-').ToLowerInvariant()).Where(word => word.Length > 2)];

    private static bool Denies(string text) => Negation().IsMatch(text);

    [GeneratedRegex(@"\b(no|not|never|none|without|cannot)\b|n't\b", RegexOptions.IgnoreCase)]
    private static partial Regex Negation();

    [GeneratedRegex(@"[\p{L}\d_][\p{L}\d_./:-]*")]
    private static partial Regex Word();
}
