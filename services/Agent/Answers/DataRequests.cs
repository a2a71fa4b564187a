using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>Chooses what to collect next, the most useful first.</summary>
internal static class DataRequests
{
    private const int MaxRequests = 5;

    public static IReadOnlyList<Proto.DataRequest> For(Investigation investigation, IReadOnlyList<Proto.Answer> earlier)
    {
        var conclusion = investigation.Conclusion;
        if (conclusion.Verdict is Proto.Verdict.NoActiveFailure || conclusion.Assurance is Proto.Assurance.Confirmed)
        {
            return [];
        }

        // Data that decides the likeliest hypothesis comes first; what was requested before and not provided comes last.
        var asked = earlier.SelectMany(answer => answer.DataRequests).Select(request => request.What).ToHashSet(StringComparer.Ordinal);
        IEnumerable<Hypothesis> open = investigation.Hypotheses.Where(hypothesis => hypothesis.IsLive && !hypothesis.Mode.IsHealthy);
        if (conclusion.Cause is { } cause)
        {
            open = open.Where(hypothesis => hypothesis != cause && !conclusion.Effects.Contains(hypothesis)).Prepend(cause).Take(2);
        }

        return
        [
            .. open.SelectMany(hypothesis => hypothesis.Mode.Fetch)
                .Concat(conclusion.Cause is null ? Missing(investigation.Signals) : [])
                .DistinctBy(request => request.What)
                .OrderBy(request => asked.Contains(request.What))
                .Take(MaxRequests),
        ];
    }

    private static IEnumerable<Proto.DataRequest> Missing(CaseSignals signals)
    {
        bool Has(params ReadOnlySpan<string> prefixes)
        {
            foreach (var prefix in prefixes)
            {
                if (signals.All.Any(signal => signal.Kind.StartsWith(prefix, StringComparison.Ordinal)))
                {
                    return true;
                }
            }

            return false;
        }

        if (!Has("log."))
        {
            yield return new()
            {
                What = "The log of the affected service, from ten minutes before the problem started until now",
                Why = "Errors with their times show what failed first.",
                Command = "kubectl logs deployment/<name> --all-containers --timestamps --since=1h > service.log",
            };
        }

        if (!Has("pod.", "node.", "deployment.", "cluster.", "platform."))
        {
            yield return new()
            {
                What = "Events of the platform and the state of its objects",
                Why = "They show restarts, failed placements and changes that are not in a log.",
                Command = "kubectl get events -A --sort-by=.lastTimestamp -o json > events.json",
            };
        }

        if (!Has("metric.", "db."))
        {
            yield return new()
            {
                What = "CPU, memory, storage, connections and latency of the affected service around the time of the problem",
                Why = "They show whether a limit was reached, and which one.",
            };
        }

        if (!Has("deploy.", "deployment.changed", "config."))
        {
            yield return new()
            {
                What = "What was deployed or reconfigured in the last 24 hours",
                Why = "Most incidents start with a change.",
                Command = "kubectl rollout history deployment/<name>",
            };
        }
    }
}
