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
/// Needs no scripts. What is new is numbered here and written in one transaction with the counters, which fails if a counter is no longer what it was when it was
/// read; then it is read again. Scopes from before values were kept have the first hash alone; their values are kept when they come again.
/// </remarks>
internal sealed partial class RedisPseudonyms(
    IConnectionMultiplexer redis, PseudonymKey key, KeyRing ring, IOptions<VaultOptions> options, ILogger<RedisPseudonyms> logger) : IPseudonyms
{
    // Bounds the size of one command, and so how long it keeps others waiting.
    private const int MaxBatch = 1000;

    // Of the retention: a rest above this is not refreshed, which saves most calls a write.
    private const double FreshEnough = 0.9;

    // By scope, as many as seldom get into each other's way.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

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
        var fields = Array.ConvertAll(key.Digest(scope, values), digest => (RedisValue)digest);
        string[] types = [.. values.Select(value => value.Type).Distinct()];

        // Callers of this process take turns, so that they need not try again because of each other.
        var turn = _turns[(uint)scope.GetHashCode() % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                var state = await ReadAsync(scope, types, fields, cancellationToken);
                var numbers = Number(values, types, state);
                if (await TryKeepAsync(scope, values, numbers, fields, types, state, cancellationToken))
                {
                    return numbers;
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<ScopeState> ReadAsync(Scope scope, string[] types, RedisValue[] fields, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var timeLeft = database.KeyTimeToLiveAsync(Values(scope));
        var known = await database.HashGetAsync(Numbers(scope), [s_keyField, s_closedField, .. types.Select(Counter), .. fields]).WaitAsync(cancellationToken);
        CheckKey(scope, known[0]);
        var retention = known[1].IsNull ? options.Value.Retention : options.Value.RetentionAfterClosing;
        var isFresh = await timeLeft.WaitAsync(cancellationToken) is { } left && left > retention * FreshEnough && left <= retention;

        return new ScopeState(known[0].IsNull, isFresh ? null : retention, known[2..(2 + types.Length)], known[(2 + types.Length)..]);
    }

    private static NumberedValue[] Number(SensitiveValue[] values, string[] types, ScopeState state)
    {
        var last = types.Zip(state.Counters).ToDictionary(pair => pair.First, pair => pair.Second.IsNull ? 0 : (long)pair.Second);
        var added = new Dictionary<SensitiveValue, long>();
        var numbers = new NumberedValue[values.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            var isNew = state.Numbers[i].IsNull;
            if (!isNew)
            {
                numbers[i] = new NumberedValue((long)state.Numbers[i], IsNew: false);
            }
            else
            {
                if (!added.TryGetValue(values[i], out var number))
                {
                    added.Add(values[i], number = ++last[values[i].Type]);
                }

                numbers[i] = new NumberedValue(number, IsNew: true);
            }
        }

        return numbers;
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

    /// <summary>What the store knows of some values before they are numbered.</summary>
    /// <param name="IsUnkeyed">Whether the scope has nothing yet that tells its key.</param>
    /// <param name="Retention">How long values are to be kept from now on; null if what is left is enough.</param>
    /// <param name="Counters">The last number of each type, or null.</param>
    /// <param name="Numbers">The number of each value, or null.</param>
    private sealed record ScopeState(bool IsUnkeyed, TimeSpan? Retention, RedisValue[] Counters, RedisValue[] Numbers);
}
