namespace FaultMaven.Agents.Hypotheses;

/// <summary>Detects that an investigation is anchored on one idea, so that alternatives must be raised.</summary>
internal static class AnchoringGuard
{
    private const int LiveInOneCategory = 4;
    private const int StalledHypotheses = 2;
    private const int StalledIterations = 3;

    /// <summary>Says why alternatives are needed. Null if they are not.</summary>
    public static string? Check(IReadOnlyList<Hypothesis> hypotheses)
    {
        var live = hypotheses.Where(hypothesis => hypothesis.IsLive).ToList();
        if (live.GroupBy(hypothesis => hypothesis.Mode.Category).FirstOrDefault(group => group.Count() >= LiveInOneCategory) is { } crowd)
        {
            return $"{crowd.Count()} hypotheses of one category ({crowd.Key}) are live";
        }

        var stalled = live.Count(hypothesis => hypothesis.StalledIterations >= StalledIterations);
        if (stalled >= StalledHypotheses)
        {
            return $"{stalled} hypotheses made no progress for {StalledIterations} iterations";
        }

        return live.MaxBy(hypothesis => hypothesis.Likelihood) is { StalledIterations: >= StalledIterations,
            Likelihood: < Likelihood.Validated }
            ? $"the likeliest hypothesis made no progress for {StalledIterations} iterations"
            : null;
    }
}
