using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.Agents.Turns;

/// <summary>Where turns are kept in Redis. All keys of a case share a cluster slot.</summary>
internal static class TurnKeys
{
    private const string UnsettledName = "unsettled";

    /// <summary>The turn itself: a serialised <see cref="Proto.Turn"/>.</summary>
    public static RedisKey Turn(TurnName name) => Key(name.CaseId, "turn", name.TurnId);

    /// <summary>A list of serialised <see cref="Proto.TurnEvent"/>s.</summary>
    public static RedisKey Events(TurnName name) => Key(name.CaseId, "turn", name.TurnId, "events");

    /// <summary>The token of the worker that runs the turn; expires when that worker falls silent.</summary>
    public static RedisKey Lease(TurnName name) => Key(name.CaseId, "turn", name.TurnId, "lease");

    /// <summary>The ids of a case's turns, oldest first.</summary>
    public static RedisKey Index(string caseId) => Key(caseId, "turns");

    /// <summary>The turn that a request id stands for, and a digest of what was asked: <c>{turn} {digest}</c>.</summary>
    public static RedisKey Request(string caseId, string requestId) => Key(caseId, "request", requestId);

    /// <summary>The trace in which a turn was asked for, so that its work is part of it wherever it is done.</summary>
    public static RedisKey Trace(TurnName name) => Key(name.CaseId, "turn", name.TurnId, "trace");

    /// <summary>The names of turns that are not settled, in the slot of a case.</summary>
    public static RedisKey Unsettled(string caseId) => RedisKeys.InSlotOf(ResourceNames.Agent, caseId, UnsettledName);

    /// <summary>Every key that <see cref="Unsettled(string)"/> can give.</summary>
    public static IReadOnlyList<RedisKey> AllUnsettled { get; } = RedisKeys.InEverySlot(ResourceNames.Agent, UnsettledName);

    /// <summary>Where it is said that a turn has a new event.</summary>
    public static RedisChannel Channel(TurnName name) => RedisChannel.Literal($"{ResourceNames.Agent}:{name}");

    private static RedisKey Key(string caseId, params ReadOnlySpan<string> parts) => RedisKeys.For(ResourceNames.Agent, caseId, parts);
}
