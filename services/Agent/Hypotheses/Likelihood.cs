namespace FaultMaven.Agents.Hypotheses;

/// <summary>How much evidence changes a likelihood, and the limits at which the state of a hypothesis changes.</summary>
internal static class Likelihood
{
    public const double PerSupport = 0.15;
    public const double PerRefutation = 0.20;

    /// <summary>From this value up, with <see cref="LinksToDecide"/> supporting links, it is validated.</summary>
    public const double Validated = 0.70;

    /// <summary>From this value down, with <see cref="LinksToDecide"/> refuting links, it is refuted.</summary>
    public const double Refuted = 0.20;

    /// <summary>Below this it is dropped.</summary>
    public const double Retired = 0.30;

    public const int LinksToDecide = 2;

    /// <summary>The factor for each iteration without progress, from the second on.</summary>
    public const double Decay = 0.85;

    public const int DecayFrom = 2;

    /// <summary>A change at least this large is progress.</summary>
    public const double Progress = 0.05;

    /// <summary>Initial likelihood for each unit of weight of the signal that raised it.</summary>
    public const double PerWeight = 0.5;

    public static double Of(double initial, int supporting, int refuting, int stalledIterations)
    {
        var moved = Math.Clamp(initial + (PerSupport * supporting) - (PerRefutation * refuting), 0, 1);
        var decayed = stalledIterations >= DecayFrom ? moved * Math.Pow(Decay, stalledIterations) : moved;

        // Two decimals more than are shown, so that 0.1 + 0.2 does not miss a limit.
        return Math.Round(decayed, 4);
    }
}
