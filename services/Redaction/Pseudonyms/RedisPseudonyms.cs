using System.Buffers;
using FaultMaven.Redaction.Vault;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Pseudonyms;

/// <summary>
/// Keeps two hashes per scope. <c>pseudonyms</c> maps digest to number, <c>#TYPE</c> to the last number given, <c>key</c> to the fingerprint of the key in
/// use, and has a field <c>closed</c> once the case is; it stays, so that a number never means two values. <c>values</c> maps <c>TYPE_N</c> to the sealed
/// value, and expires.
/// </summary>
/// <remarks>
/// Needs no scripts. HINCRBY hands out numbers that nobody else gets, HSETNX lets the first writer of a digest win, and reading afterwards
/// shows everyone the winner's number; the loser's stays unused. Scopes from before values were kept have the first hash alone; their values are kept when
/// they come again.
/// </remarks>
internal sealed partial class RedisPseudonyms(
    IConnectionMultiplexer redis, PseudonymKey key, KeyRing ring, IOptions<VaultOptions> options, ILogger<RedisPseudonyms> logger) : IPseudonyms
{
    // Bounds the size of one command, and so how long it keeps others waiting.
    private const int MaxBatch = 1000;

    // Of the retention: a rest above this is not refreshed, which saves most calls a write.
    private const double FreshEnough = 0.9;

    private static readonly SearchValues<byte> s_typeName = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"u8);
    private static readonly RedisValue s_keyField = "key";
    private static readonly RedisValue s_closedField = "closed";

    public async Task<IReadOnlyList<NumberedValue>> NumberAsync(Scope scope, IReadOnlyList<SensitiveValue> values, CancellationToken cancellationToken)
    {
        var numbers = new List<NumberedValue>(values.Count);
        foreach (var batch in values.Chunk(MaxBatch))
        {
            numbers.AddRange(await NumberBatchAsync(scope, batch, cancellationToken));
        }

        return numbers;
    }

    public async Task<IReadOnlyList<long>> LastNumbersAsync(Scope scope, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        var numbers = new List<long>(types.Count);
        foreach (var batch in types.Chunk(MaxBatch))
        {
            var known = await redis.GetDatabase()
                .HashGetAsync(Numbers(scope), [s_keyField, .. batch.Select(Counter)]).WaitAsync(cancellationToken);
            CheckKey(scope, known[0]);
            numbers.AddRange(known[1..].Select(number => number.IsNull ? 0 : (long)number));
        }

        return numbers;
    }

    private async Task<NumberedValue[]> NumberBatchAsync(Scope scope, SensitiveValue[] values, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var hash = Numbers(scope);
        var fields = Array.ConvertAll(values, value => (RedisValue)key.Digest(scope, value));

        var timeLeft = database.KeyTimeToLiveAsync(Values(scope));
        var known = await database.HashGetAsync(hash, [s_keyField, s_closedField, .. fields]).WaitAsync(cancellationToken);
        CheckKey(scope, known[0]);
        var retention = known[1].IsNull ? options.Value.Retention : options.Value.RetentionAfterClosing;
        var isFresh = await timeLeft.WaitAsync(cancellationToken) is { } left && left > retention * FreshEnough && left <= retention;

        var numbers = Array.ConvertAll(known[2..], number => new NumberedValue(number.IsNull ? 0 : (long)number, number.IsNull));
        var missing = Enumerable.Range(0, values.Length).Where(i => numbers[i].IsNew).DistinctBy(i => values[i]).ToArray();
        if (missing.Length > 0)
        {
            await AddAsync(database, hash, values, fields, missing, cancellationToken);
            var added = await database.HashGetAsync(hash, fields).WaitAsync(cancellationToken);
            numbers = [.. numbers.Zip(added, (number, found) => number with { Number = (long)found })];
        }

        await KeepAsync(scope, [.. values.Zip(numbers)], isFresh ? null : retention, cancellationToken);
        return numbers;
    }

    private async Task AddAsync(
        IDatabase database, RedisKey hash, SensitiveValue[] values, RedisValue[] fields, int[] missing, CancellationToken cancellationToken)
    {
        var byType = missing.GroupBy(i => values[i].Type).Select(g => g.ToArray()).ToArray();
        var last = await Task.WhenAll(byType.Select(g => database.HashIncrementAsync(hash, Counter(values[g[0]].Type), g.Length))).WaitAsync(cancellationToken);

        var writes = byType.SelectMany((group, g) =>
            group.Select((i, n) => database.HashSetAsync(hash, fields[i], last[g] - group.Length + 1 + n, When.NotExists)));
        await Task.WhenAll(writes.Append(database.HashSetAsync(hash, s_keyField, key.Fingerprint, When.NotExists))).WaitAsync(cancellationToken);
    }

    private void CheckKey(Scope scope, RedisValue fingerprint)
    {
        if (!fingerprint.IsNull && !((byte[])fingerprint!).AsSpan().SequenceEqual(key.Fingerprint))
        {
            throw new PseudonymKeyMismatchException(scope);
        }
    }

    private static RedisKey Numbers(Scope scope) => RedisKeys.For(ResourceNames.Redaction, scope.Name, "pseudonyms");

    private static RedisKey Values(Scope scope) => RedisKeys.For(ResourceNames.Redaction, scope.Name, "values");

    private static RedisValue Counter(string type) => $"#{type}";
}
