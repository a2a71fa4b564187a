using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.Agents.Turns;

/// <summary>Where turns are kept in Redis. All keys of a case share a cluster slot.</summary>
internal static class TurnKeys
{
    private const string UnsettledName = "unsettled";

    /// <summary>The turn itself: a serialised <see cref="Proto.Turn"/>.</summary>
    public static RedisKey Turn(TurnName name) => Key(name.Case.Id, "turn", name.Id);

    /// <summary>A list of serialised <see cref="Proto.TurnEvent"/>s.</summary>
    public static RedisKey Events(TurnName name) => Key(name.Case.Id, "turn", name.Id, "events");

    /// <summary>The answer of a turn that is about to end: a serialised <see cref="Proto.TurnEvent"/>.</summary>
    public static RedisKey Prepared(TurnName name) => Key(name.Case.Id, "turn", name.Id, "prepared");

    /// <summary>How many attempts to run the turn were begun and not postponed.</summary>
    public static RedisKey Attempts(TurnName name) => Key(name.Case.Id, "turn", name.Id, "attempts");

    /// <summary>The token of the worker that runs the turn; expires when that worker stops renewing it.</summary>
    public static RedisKey Lease(TurnName name) => Key(name.Case.Id, "turn", name.Id, "lease");

    /// <summary>The trace that a turn was created in, so that its work is part of that trace on every worker.</summary>
    public static RedisKey Trace(TurnName name) => Key(name.Case.Id, "turn", name.Id, "trace");

    /// <summary>The ids of a case's turns, oldest first.</summary>
    public static RedisKey Index(string caseId) => Key(caseId, "turns");

    /// <summary>A hash from request ids to the turn of each and a digest of its question: <c>{turn} {digest}</c>.</summary>
    public static RedisKey Requests(string caseId) => Key(caseId, "requests");

    /// <summary>The names of turns that are not settled, in the slot of a case.</summary>
    public static RedisKey Unsettled(string caseId) => RedisKeys.InSlotOf(ResourceNames.Agent, caseId, UnsettledName);

    /// <summary>Every key that <see cref="Unsettled(string)"/> can give.</summary>
    public static IReadOnlyList<RedisKey> AllUnsettled { get; } = RedisKeys.InEverySlot(ResourceNames.Agent, UnsettledName);

    /// <summary>Where new events of a turn are announced.</summary>
    public static RedisChannel Channel(TurnName name) => RedisChannel.Literal($"{ResourceNames.Agent}:{name}");

    /// <summary>Every key of a turn.</summary>
    public static RedisKey[] AllOf(TurnName name) => [Turn(name), Events(name), Prepared(name), Attempts(name), Lease(name), Trace(name)];

    private static RedisKey Key(string caseId, params ReadOnlySpan<string> parts) => RedisKeys.For(ResourceNames.Agent, caseId, parts);
}
