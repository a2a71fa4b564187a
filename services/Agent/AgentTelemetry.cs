using System.Diagnostics;

namespace FaultMaven.Agents;

/// <summary>Names under which the Agent service tells of its work.</summary>
internal static class AgentTelemetry
{
    /// <summary>The attribute that holds the name of a turn.</summary>
    public const string TurnName = "faultmaven.turn";

    public static ActivitySource Activities { get; } = new("FaultMaven.Agent");
}
