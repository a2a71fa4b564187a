using State = FaultMaven.Protos.Agent.V1.Hypothesis.Types.State;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>Which live hypotheses lead to others, by the catalogue and by the order of events.</summary>
internal sealed class CauseGraph
{
    // Metrics have one sample a minute and alerts lag: what started this much later may still be the cause.
    private static readonly TimeSpan s_clockSlack = TimeSpan.FromMinutes(5);

    // A less likely cause explains nothing.
    private const double Credible = 0.5;

    // A hypothesis raised by a signal of this weight explains others without a second signal; a weaker one may be a coincidence.
    private const double StrongInitial = 0.45;

    private readonly List<Hypothesis> _roots;

    public CauseGraph(IEnumerable<Hypothesis> hypotheses)
    {
        var credible = hypotheses.Where(hypothesis => hypothesis.IsLive && hypothesis.Likelihood >= Credible).ToList();
        Effects = credible.ToDictionary(
            cause => cause,
            cause => (IReadOnlyList<Hypothesis>)[.. Reachable(cause, credible)]);
        _roots = [.. credible.Where(hypothesis =>
            !credible.Any(other => other != hypothesis && Effects[other].Contains(hypothesis) && !Effects[hypothesis].Contains(other)))];
        Roots = [.. _roots.OrderByDescending(Score).ThenBy(root => root.Mode.Id, StringComparer.Ordinal)];
    }

    /// <summary>The credible hypotheses that no other one explains, the best first.</summary>
    public IReadOnlyList<Hypothesis> Roots { get; }

    /// <summary>What each credible hypothesis leads to, directly or through others.</summary>
    public IReadOnlyDictionary<Hypothesis, IReadOnlyList<Hypothesis>> Effects { get; }

    // Likelihood first; then severity, and how many signals it explains.
    private double Score(Hypothesis root)
    {
        var explained = Effects[root].Append(root).SelectMany(hypothesis => hypothesis.Supporting).Select(link => link.Signal).Distinct()
            .ToList();
        return root.Likelihood + (0.04 * Math.Min(explained.Count, 10)) + (0.05 * (int)explained.Max(signal => signal.Severity));
    }

    private static HashSet<Hypothesis> Reachable(Hypothesis cause, List<Hypothesis> among)
    {
        var found = new HashSet<Hypothesis>();
        var next = new Queue<Hypothesis>([cause]);
        while (next.TryDequeue(out var from))
        {
            foreach (var effect in among.Where(other => other != cause && Causes(from, other) && found.Add(other)))
            {
                next.Enqueue(effect);
            }
        }

        return found;
    }

    private static bool Causes(Hypothesis cause, Hypothesis effect) =>
        cause.Mode.Causes.Contains(effect.Mode.Id)
        && (cause.State == State.Validated || cause.Initial >= StrongInitial || effect.State != State.Validated)
        && (cause.Start is not { } first || effect.Start is not { } second || first <= second + s_clockSlack);
}
