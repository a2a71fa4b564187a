using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Signals;
using State = FaultMaven.Protos.Agent.V1.Hypothesis.Types.State;

namespace FaultMaven.Agents.Analysis;

/// <summary>
/// Decides the verdict from the tested hypotheses. There is no failure without an active symptom; an alert alone proves
/// nothing, and neither does the question.
/// </summary>
internal sealed class VerdictCalculator(FailureCatalogue catalogue)
{
    private const int IndependentEvidence = 2;

    private static readonly TimeSpan s_longBefore = TimeSpan.FromHours(2);

    public Conclusion Conclude(CaseSignals signals, IReadOnlyList<Hypothesis> hypotheses)
    {
        var failures = hypotheses.Where(hypothesis => !hypothesis.Mode.IsHealthy).ToList();
        var candidates = signals.Symptoms.Any() ? failures
            : [.. failures.Where(hypothesis => hypothesis.Mode.Lasting && IsRecent(hypothesis, signals))];
        var graph = new CauseGraph(candidates);
        if (graph.Roots.Count > 0)
        {
            return ConcludeFailure(graph, failures);
        }

        return signals.Symptoms.Any() ? Conclusion.NotEnough : ConcludeHealthy(signals, hypotheses);
    }

    // What ended long before the collected metrics start is not what the question is about.
    private static bool IsRecent(Hypothesis hypothesis, CaseSignals signals)
    {
        var watched = signals.All.Where(signal =>
            signal.Kind.StartsWith("metric.", StringComparison.Ordinal) && signal.StartTime is not null).ToList();
        return watched.Count == 0 || (hypothesis.Lead.EndTime ?? hypothesis.Lead.StartTime) is not { } end
            || end.ToDateTimeOffset() >= watched.Min(signal => signal.StartTime.ToDateTimeOffset()) - s_longBefore;
    }

    private static Conclusion ConcludeFailure(CauseGraph graph, List<Hypothesis> failures)
    {
        var cause = graph.Roots[0];

        // An effect whose strongest signal also supports the cause only restates it.
        var own = cause.Supporting.Select(link => link.Signal).ToHashSet();
        var effects = graph.Effects[cause]
            .Where(effect => !own.Contains(effect.Lead))
            .OrderByDescending(effect => effect.Likelihood)
            .ToList();
        var explained = graph.Effects[cause].Append(cause).SelectMany(hypothesis => hypothesis.Supporting).Select(link => link.Signal)
            .ToHashSet();

        // A hypothesis whose signals are all explained by the cause restates it; it is not a second fault.
        var independent = graph.Roots.Skip(1).Where(root => root.State == State.Validated && !explained.Contains(root.Lead)).ToList();
        var rivals = failures.Where(rival => rival != cause && !graph.Effects[cause].Contains(rival) && !independent.Contains(rival));
        var assurance = Grade(cause, rivals);
        var verdict = cause.State == State.Validated ? Proto.Verdict.CauseFound : Proto.Verdict.ProbableCause;
        return new(verdict, assurance, cause, effects, independent, []);
    }

    private static Proto.Assurance Grade(Hypothesis cause, IEnumerable<Hypothesis> rivals)
    {
        if (cause.State != State.Validated)
        {
            return Proto.Assurance.Mechanistic;
        }

        var sources = cause.Supporting.SelectMany(link => link.Signal.Citations).Select(citation => citation.Evidence).Distinct().Count();
        var outranked = rivals.All(rival => rival.Likelihood < cause.Likelihood);
        return sources >= IndependentEvidence && outranked && !cause.Refuting.Any() ? Proto.Assurance.Confirmed
            : Proto.Assurance.Mechanistic;
    }

    private Conclusion ConcludeHealthy(CaseSignals signals, IReadOnlyList<Hypothesis> hypotheses)
    {
        var healthy = hypotheses
            .Where(hypothesis => hypothesis.Mode.IsHealthy && hypothesis.IsLive)
            .OrderByDescending(hypothesis => hypothesis.Links[0].Weight)
            .ThenByDescending(hypothesis => hypothesis.Likelihood)
            .FirstOrDefault();
        if (healthy is null)
        {
            return Conclusion.NotEnough;
        }

        var then = signals.BeforeRecovery();
        var past = new CauseGraph(catalogue.Modes
            .Where(mode => !mode.IsHealthy)
            .Select(mode => EvidenceMatch.Raise(mode, then)?.Test(EvidenceMatch.Test(mode, then)))
            .OfType<Hypothesis>()).Roots
            .Where(root => root.Lead.Severity >= Data.Severity.Warning)
            .ToList();
        var sources = signals.Normal.Concat(signals.Recovered).SelectMany(signal => signal.Citations).Select(citation => citation.Evidence)
            .Distinct();
        var assurance = sources.Count() >= IndependentEvidence ? Proto.Assurance.Confirmed : Proto.Assurance.Mechanistic;
        return new(Proto.Verdict.NoActiveFailure, assurance, healthy, [], [], past);
    }
}
