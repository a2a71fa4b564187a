using FaultMaven.ServiceDefaults.Limits;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State.Redis;

/// <summary>
/// Token buckets in Redis, by the clock of Redis. A Redis that does not answer does not end the service of all: for as long, each replica
/// counts for itself.
/// </summary>
internal sealed partial class RedisTokenBuckets(
    IConnectionMultiplexer redis, LocalTokenBuckets local, TimeProvider time, ILogger<RedisTokenBuckets> logger) : ITokenBuckets
{
    // A bucket is the time, in µs, at which it will be full. One that is not there is full. Numbers up to 2^53 are exact in Lua.
    private const string Script =
        """
        local clock = redis.call('TIME')
        local now = clock[1] * 1000000 + clock[2]
        local full, empty, longest = {}, 0, 0
        for i, key in ipairs(KEYS) do
            local interval, capacity = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
            local at = math.min(math.max(tonumber(redis.call('GET', key) or 0), now), now + interval * capacity)
            full[i] = at + interval
            local wait = full[i] - now - interval * capacity
            if wait > longest then
                empty, longest = i, wait
            end
        end
        if empty == 0 then
            for i, key in ipairs(KEYS) do
                redis.call('SET', key, string.format('%.0f', full[i]), 'PX', math.ceil((full[i] - now) / 1000))
            end
        end
        return {empty, longest}
        """;

    /// <summary>How long a call waits for Redis to say whether it may come in.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    /// <summary>For how long Redis is not asked after it did not answer: otherwise each call would wait for it.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private long _askAgain = time.GetTimestamp();

    public async ValueTask<EmptyBucket?> TakeAsync(
        string group, IReadOnlyList<TokenBucket> buckets, CancellationToken cancellationToken)
    {
        if (time.GetTimestamp() >= Interlocked.Read(ref _askAgain))
        {
            try
            {
                return await AskAsync(group, buckets, cancellationToken);
            }
            catch (Exception exception) when (exception is TimeoutException || StoreFailure.Of(exception) is not null)
            {
                Interlocked.Exchange(ref _askAgain, time.GetTimestamp() + (long)(s_pause.TotalSeconds * time.TimestampFrequency));
                LogRedisAway(exception);
            }
        }

        LimitTelemetry.CountedHere.Add(1);
        return await local.TakeAsync(group, buckets, cancellationToken);
    }

    private async Task<EmptyBucket?> AskAsync(string group, IReadOnlyList<TokenBucket> buckets, CancellationToken cancellationToken)
    {
        // The braces keep the buckets of a group in one slot of a cluster.
        RedisKey[] keys = [.. buckets.Select(bucket => (RedisKey)$"{{limits:{group}}}:{bucket.Key}")];
        RedisValue[] values = [.. buckets.SelectMany(bucket => new RedisValue[] { bucket.Interval, bucket.Capacity })];
        var asked = redis.GetDatabase().ScriptEvaluateAsync(Script, keys, values);
        var answer = (long[])(await asked.WaitAsync(s_patience, time, cancellationToken))!;
        return answer[0] == 0 ? null : new EmptyBucket((int)answer[0] - 1, TimeSpan.FromMicroseconds(answer[1]));
    }

    [LoggerMessage(
        Level = LogLevel.Warning, Message = "Redis does not count the calls; for the next seconds this replica counts for itself.")]
    private partial void LogRedisAway(Exception exception);
}
