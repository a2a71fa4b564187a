using FaultMaven.Agents.Facts;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>
/// Completes a question that names nothing by what was asked before: "When did it start?" asks about the same thing again.
/// </summary>
internal static class FollowUp
{
    /// <param name="question">What is asked.</param>
    /// <param name="earlier">What was asked before, oldest first.</param>
    /// <param name="signals">The signals of the case, which have its names.</param>
    public static string Complete(string question, IEnumerable<string> earlier, CaseSignals signals)
    {
        var known = NameReader.Of(signals.All);
        return Names(question) ? question
            : earlier.LastOrDefault(Names) is { } before ? $"{before} {question}"
            : question;

        bool Names(string asked) => known.Overlaps(NameReader.Of(asked));
    }
}
