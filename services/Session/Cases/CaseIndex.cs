using System.Globalization;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.Sessions.Cases;

/// <summary>
/// The names of all cases in the order in which they were created, and the names that request ids were used for. A name may be here without
/// its log, if a creation or a deletion was broken off in between.
/// </summary>
internal sealed class CaseIndex(IConnectionMultiplexer redis)
{
    // One slot for all three. Places are counted, not taken from a clock: one that is set back would put new cases below old ones.
    private static readonly RedisKey s_cases = "{session:index}:cases";
    private static readonly RedisKey s_places = "{session:index}:places";
    private static readonly RedisKey s_requests = "{session:index}:requests";

    private IDatabase Database => redis.GetDatabase();

    /// <summary>The name for a new case; for a request id that was used before, the name it was used for.</summary>
    public async Task<CaseName> ReserveAsync(string requestId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var name = new CaseName(TimeOrderedId.New(now).ToString("N"));
        if (requestId.Length == 0
            || await Database.HashSetAsync(s_requests, requestId, name.Id, When.NotExists).WaitAsync(cancellationToken))
        {
            return name;
        }

        return new CaseName((await Database.HashGetAsync(s_requests, requestId).WaitAsync(cancellationToken)).ToString());
    }

    /// <summary>Adds a name; one that is there keeps its place.</summary>
    public async Task AddAsync(CaseName name, CancellationToken cancellationToken)
    {
        var place = await Database.StringIncrementAsync(s_places).WaitAsync(cancellationToken);
        await Database.SortedSetAddAsync(s_cases, name.Id, place, When.NotExists).WaitAsync(cancellationToken);
    }

    /// <summary>Removes a name.</summary>
    public Task RemoveAsync(CaseName name, CancellationToken cancellationToken) =>
        Database.SortedSetRemoveAsync(s_cases, name.Id).WaitAsync(cancellationToken);

    /// <summary>Names after a place, <paramref name="count"/> at most.</summary>
    /// <param name="after">The place; null for the beginning.</param>
    /// <param name="newestFirst">Whether to go from the newest to the oldest.</param>
    /// <param name="count">At most this many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<IndexedCase>> ListAsync(long? after, bool newestFirst, int count, CancellationToken cancellationToken)
    {
        var entries = await Database.SortedSetRangeByScoreWithScoresAsync(
            s_cases,
            newestFirst ? double.NegativeInfinity : after ?? double.NegativeInfinity,
            newestFirst ? after ?? double.PositiveInfinity : double.PositiveInfinity,
            Exclude.Both,
            newestFirst ? Order.Descending : Order.Ascending,
            take: count).WaitAsync(cancellationToken);
        return Array.ConvertAll(entries, entry => new IndexedCase(new CaseName(entry.Element.ToString()), (long)entry.Score));
    }
}

/// <summary>A case and its place in the order of creation.</summary>
internal readonly record struct IndexedCase(CaseName Name, long Place)
{
    /// <summary>The place as a part of a page token.</summary>
    public string PlaceText => Place.ToString(CultureInfo.InvariantCulture);
}
