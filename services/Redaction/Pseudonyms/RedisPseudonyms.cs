using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Pseudonyms;

/// <summary>
/// Keeps one hash per scope: digest to number, <c>#TYPE</c> to the last number given, <c>key</c> to the fingerprint of the key in use. Values are not kept.
/// </summary>
/// <remarks>
/// Needs neither scripts nor transactions. HINCRBY hands out numbers that nobody else gets, HSETNX lets the first writer of a digest win, and reading afterwards
/// shows everyone the winner's number; the loser's stays unused.
/// </remarks>
internal sealed class RedisPseudonyms(IConnectionMultiplexer redis, PseudonymKey key) : IPseudonyms
{
    // Bounds the size of one command, and so how long it keeps others waiting.
    private const int MaxBatch = 1000;

    private static readonly RedisValue s_keyField = "key";

    public async Task<IReadOnlyList<long>> NumberAsync(Scope scope, IReadOnlyList<SensitiveValue> values, CancellationToken cancellationToken)
    {
        var numbers = new List<long>(values.Count);
        foreach (var batch in values.Chunk(MaxBatch))
        {
            numbers.AddRange(await NumberBatchAsync(scope, batch, cancellationToken));
        }

        return numbers;
    }

    private async Task<long[]> NumberBatchAsync(Scope scope, SensitiveValue[] values, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var hash = RedisKeys.For(ResourceNames.Redaction, scope.Name, "pseudonyms");
        var fields = Array.ConvertAll(values, value => (RedisValue)key.Digest(scope, value));

        var known = await database.HashGetAsync(hash, [s_keyField, .. fields]).WaitAsync(cancellationToken);
        if (!known[0].IsNull && !((byte[])known[0]!).AsSpan().SequenceEqual(key.Fingerprint))
        {
            throw new PseudonymKeyMismatchException(scope);
        }

        var numbers = Array.ConvertAll(known[1..], number => number.IsNull ? 0 : (long)number);
        var missing = Enumerable.Range(0, values.Length).Where(i => numbers[i] == 0).DistinctBy(i => values[i]).ToArray();
        if (missing.Length > 0)
        {
            await AddAsync(database, hash, values, fields, missing, cancellationToken);
            known = await database.HashGetAsync(hash, fields).WaitAsync(cancellationToken);
            numbers = Array.ConvertAll(known, number => (long)number);
        }

        return numbers;
    }

    private async Task AddAsync(
        IDatabase database, RedisKey hash, SensitiveValue[] values, RedisValue[] fields, int[] missing, CancellationToken cancellationToken)
    {
        var byType = missing.GroupBy(i => values[i].Type).Select(g => g.ToArray()).ToArray();
        var last = await Task.WhenAll(byType.Select(g => database.HashIncrementAsync(hash, $"#{values[g[0]].Type}", g.Length))).WaitAsync(cancellationToken);

        var writes = byType.SelectMany((group, g) =>
            group.Select((i, n) => database.HashSetAsync(hash, fields[i], last[g] - group.Length + 1 + n, When.NotExists)));
        await Task.WhenAll(writes.Append(database.HashSetAsync(hash, s_keyField, key.Fingerprint, When.NotExists))).WaitAsync(cancellationToken);
    }
}
