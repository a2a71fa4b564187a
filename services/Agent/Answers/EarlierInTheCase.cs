using System.Text.RegularExpressions;
using FaultMaven.Agents.Memory;

namespace FaultMaven.Agents.Answers;

/// <summary>Adds to an answer what was said or found earlier in the case and bears on the question.</summary>
internal static partial class EarlierInTheCase
{
    private const int MaxFacts = 3;

    // From here on a fact is taken for what was asked for, and is the answer. The cause and the lines that decide stay beside it.
    private const double IsMeant = 0.75;

    /// <summary>Adds it.</summary>
    /// <param name="answer">The answer; its own claims are not repeated.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="facts">What is remembered, oldest first, without what this turn says.</param>
    /// <returns>How many facts bear on the question.</returns>
    public static int AddTo(Proto.Answer answer, string question, IReadOnlyList<Proto.RememberedFact> facts)
    {
        var stated = answer.Claims.SelectMany(claim => claim.Citations).Concat(answer.DecisiveLines.Select(line => line.Citation))
            .Select(Place).ToHashSet();
        var near = MemoryRecall.Find(facts, question).Where(entry => !entry.Fact.Citations.Select(Place).Any(stated.Contains)).ToList();
        answer.Remembered.AddRange(near.Take(MaxFacts).Select(entry => entry.Fact));
        if (near is [{ Score: >= IsMeant, Fact: var first }, ..] && AsksForFact().IsMatch(question))
        {
            answer.Answer_ = Sentence(first);
        }

        return near.Count;
    }

    private static string Sentence(Proto.RememberedFact fact)
    {
        var at = $"{fact.Time?.ToDateTimeOffset():yyyy-MM-dd HH:mm} UTC";
        return fact.Actor.Length == 0
            ? $"Found earlier, at {at}: \"{fact.Text}\""
            : $"{fact.Actor[(fact.Actor.IndexOf(':', StringComparison.Ordinal) + 1)..]} said earlier, at {at}: \"{fact.Text}\"";
    }

    private static (string Evidence, long Line) Place(Data.Citation citation) => (citation.Evidence, citation.StartLine);

    // "Why" asks for a cause, which is found in evidence and not in what someone said.
    [GeneratedRegex(@"^(?!.*\b(why|causes?|caused|wrong)\b).*\b(which|who|whose|when|where|what|how (many|much|often|long)|did|has|have|had"
        + @"|was|were|is|are)\b.*\?", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex AsksForFact();
}
