using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace FaultMaven.Agents;

/// <summary>Names under which the Agent service tells of its work.</summary>
internal static class AgentTelemetry
{
    /// <summary>The attribute that holds the name of a turn.</summary>
    public const string TurnName = "faultmaven.turn";

    /// <summary>Counts passages that were withheld from a model, or from people in its answer.</summary>
    public const string Withheld = "faultmaven.model.withheld_passages";

    private static readonly Meter s_meter = new("FaultMaven.Agent");
    private static readonly Counter<long> s_withheld = s_meter.CreateCounter<long>(Withheld, "{passage}", "Passages withheld from a model because they speak to it, or from its answer.");

    public static ActivitySource Activities { get; } = new("FaultMaven.Agent");

    public static void CountWithheld(int passages)
    {
        if (passages > 0)
        {
            s_withheld.Add(passages);
        }
    }
}
