using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Agents.Turns;

/// <summary>Under which keys the turns of a case are kept; a case is a partition.</summary>
internal static class TurnKeys
{
    /// <summary>A stream of the ids of a case's turns, oldest first.</summary>
    public const string Index = "turns";

    /// <summary>What is remembered of a case: a serialised <see cref="Proto.CaseMemory"/>.</summary>
    public const string Memory = "memory";

    /// <summary>In shards, what the keys of turns begin with that are not settled.</summary>
    public const string UnsettledPrefix = "unsettled/";

    public static Partition PartitionOf(string caseId) => Partition.OfCaller(caseId);

    public static Partition PartitionOf(TurnName name) => PartitionOf(name.Case.Id);

    /// <summary>The turn itself: a serialised <see cref="Proto.Turn"/>.</summary>
    public static string Turn(TurnName name) => $"turn/{name.Id}";

    /// <summary>A stream of serialised <see cref="Proto.TurnEvent"/>s.</summary>
    public static string Events(TurnName name) => $"events/{name.Id}";

    /// <summary>The answer of a turn that is about to end: a serialised <see cref="Proto.TurnEvent"/>.</summary>
    public static string Prepared(TurnName name) => $"prepared/{name.Id}";

    /// <summary>How many attempts to run the turn were begun and not postponed.</summary>
    public static string Attempts(TurnName name) => $"attempts/{name.Id}";

    /// <summary>The token of the worker that runs the turn; expires when that worker stops renewing it.</summary>
    public static string Lease(TurnName name) => $"lease/{name.Id}";

    /// <summary>The trace that a turn was created in, so that its work is part of that trace on every worker.</summary>
    public static string Trace(TurnName name) => $"trace/{name.Id}";

    /// <summary>
    /// In the shard of its case: a turn that runs, or whose end is not recorded everywhere yet, as a <see cref="QueuedTurn"/>.
    /// </summary>
    public static string Unsettled(TurnName name) => $"{UnsettledOf(PartitionOf(name).Tenant)}{name}";

    /// <summary>What the keys of a tenant's turns begin with that are not settled.</summary>
    public static string UnsettledOf(string tenant) => $"{UnsettledPrefix}{tenant}/";
}
