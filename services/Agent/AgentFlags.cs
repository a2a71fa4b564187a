using FaultMaven.ServiceDefaults.Flags;

namespace FaultMaven.Agents;

/// <summary>What operators can switch of Agent while it runs.</summary>
internal static class AgentFlags
{
    /// <summary>Whether the model is asked.</summary>
    public static readonly BoolFlag Model = new(
        "agent-model",
        true,
        "Whether the model that Agent:Model names is asked. Off: answers are the analyst's, for example while the model is slow or wrong.");

    /// <summary>How many turns run at a time in a process.</summary>
    public static readonly IntegerFlag TurnsAtOnce = new(
        "agent-turns-at-once",
        256,
        0,
        256,
        "How many turns run at a time in each process, but no more than Agent:Turns:Parallel. 0: turns wait, for example during work on "
        + "the system; those that run go on to their end.");
}
