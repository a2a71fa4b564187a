using StackExchange.Redis;

namespace FaultMaven.Sessions.Cases;

/// <summary>The names of all cases by time of creation. A name may be there without its log, if a creation was broken off in between.</summary>
internal sealed class CaseIndex(IConnectionMultiplexer redis)
{
    private static readonly RedisKey s_key = "{session:index}:cases";

    /// <summary>Adds a name; one that is there keeps its place.</summary>
    public Task AddAsync(CaseName name, DateTimeOffset createTime) =>
        redis.GetDatabase().SortedSetAddAsync(s_key, name.Id, createTime.ToUnixTimeMilliseconds(), When.NotExists);

    /// <summary>Names from the newest on, <paramref name="count"/> at most.</summary>
    public async Task<IReadOnlyList<CaseName>> ListAsync(long offset, int count)
    {
        var ids = await redis.GetDatabase().SortedSetRangeByRankAsync(s_key, offset, offset + count - 1, Order.Descending);
        return Array.ConvertAll(ids, id => new CaseName(id.ToString()));
    }
}
