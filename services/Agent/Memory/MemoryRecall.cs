using System.Text.RegularExpressions;
using FaultMaven.ServiceDefaults.Text;

namespace FaultMaven.Agents.Memory;

/// <summary>Finds what of a memory bears on a question: by the words they share, those weighing more that few facts have.</summary>
internal static partial class MemoryRecall
{
    // Of a question's words, by weight, that a fact must have.
    private const double Enough = 0.5;

    /// <summary>The facts that bear on a question, the most telling first; of two that tell as much, the later.</summary>
    /// <param name="facts">What is remembered, oldest first.</param>
    /// <param name="question">What is asked.</param>
    public static IReadOnlyList<(Proto.RememberedFact Fact, double Score)> Find(
        IReadOnlyList<Proto.RememberedFact> facts, string question)
    {
        var asked = Terms.Read(question).ToHashSet(StringComparer.Ordinal);
        if (asked.Count == 0 || facts.Count == 0)
        {
            return [];
        }

        var words = facts.Select(WordsOf).ToList();
        var weights = asked.ToDictionary(
            word => word, word => Math.Log(1 + ((double)facts.Count / (1 + words.Count(of => of.Contains(word))))), StringComparer.Ordinal);
        var whole = weights.Values.Sum();
        return
        [
            .. facts.Zip(words)
                .Select((pair, place) => (Fact: pair.First, Score: Score(pair.Second), Place: place))
                .Where(entry => entry.Score >= Enough)
                .OrderByDescending(entry => entry.Score)
                .ThenByDescending(entry => entry.Place)
                .Select(entry => (entry.Fact, entry.Score)),
        ];

        // One common word is no sign that both are about the same.
        double Score(HashSet<string> of)
        {
            var shared = asked.Where(of.Contains).ToList();
            return shared.Count < 2 && !shared.Any(word => IsName().IsMatch(word)) ? 0 : shared.Sum(word => weights[word]) / whole;
        }
    }

    // "What did ann say about …" asks for what she said.
    private static HashSet<string> WordsOf(Proto.RememberedFact fact) =>
        [.. Terms.Read(fact.Text), .. Terms.Read(fact.Actor.AsSpan(fact.Actor.IndexOf(':', StringComparison.Ordinal) + 1))];

    [GeneratedRegex(@"\d")]
    private static partial Regex IsName();
}
