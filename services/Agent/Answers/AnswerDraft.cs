using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>The analyst's answer, before the gate.</summary>
internal static class AnswerDraft
{
    public const string Analyst = "analyst";

    private const int MaxAffected = 10;
    private const int MaxRemedies = 6;

    /// <summary>Puts an investigation into words.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="investigation">The investigation, studied.</param>
    /// <param name="references">What the knowledge base holds on it, best first.</param>
    /// <param name="earlier">The answers of earlier turns of the case, oldest first.</param>
    public static Proto.Answer Write(
        string question,
        Investigation investigation,
        IReadOnlyList<Proto.KnowledgeReference> references,
        IReadOnlyList<Proto.Answer> earlier)
    {
        var conclusion = investigation.Conclusion;
        var requests = DataRequests.For(investigation, earlier);
        var answer = new Proto.Answer
        {
            Category = conclusion.Category,
            Verdict = conclusion.Verdict,
            Assurance = conclusion.Assurance,
            Author = Analyst,
            RootCause = AnswerText.RootCause(investigation),
            Claims = { Claims.For(investigation) },
            Hypotheses = { InOrder(investigation).Select(hypothesis => hypothesis.ToProto()) },
            Timeline = { Timeline.Of(investigation.Signals) },
            DataRequests = { requests },
            References = { references },
            Affected = { Affected(investigation) },
            Answer_ = DirectAnswer.To(question, investigation),
            DecisiveLines = { AnswerText.DecisiveLines(investigation) },
            CausalChain = { CausalChain.Of(investigation) },
        };
        if (conclusion.Cause is { } cause)
        {
            answer.Remedies.AddRange(conclusion.Independent.Prepend(cause).SelectMany(hypothesis => hypothesis.Mode.Remedies).Distinct()
                .Take(MaxRemedies));
        }

        answer.ResponseType = ResponseTypes.Choose(answer, earlier);
        answer.Summary = AnswerText.Summary(investigation, answer);
        return answer;
    }

    // The cause first, even if a rival has the same likelihood; healthy modes last where there is a failure.
    private static IEnumerable<Hypothesis> InOrder(Investigation investigation) => investigation.Hypotheses
        .OrderByDescending(hypothesis => hypothesis == investigation.Conclusion.Cause)
        .ThenBy(hypothesis => hypothesis.Mode.IsHealthy && investigation.Conclusion.Cause is { Mode.IsHealthy: false });

    private static IEnumerable<string> Affected(Investigation investigation) => investigation.Signals.Symptoms
        .Concat(investigation.Conclusion.Cause is { Mode.IsHealthy: false } cause ? cause.Supporting.Select(link => link.Signal) : [])
        .GroupBy(SignalText.Thing)
        .Where(group => group.Key.Length > 0)
        .OrderByDescending(group => group.Max(signal => signal.Severity))
        .ThenByDescending(group => group.Count())
        .Select(group => group.Key)
        .DistinctBy(thing => thing[(thing.LastIndexOf(' ') + 1)..])
        .Take(MaxAffected);
}
