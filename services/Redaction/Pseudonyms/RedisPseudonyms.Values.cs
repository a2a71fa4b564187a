using FaultMaven.Redaction.Vault;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Pseudonyms;

internal sealed partial class RedisPseudonyms
{
    public async Task<IReadOnlyList<string?>> FindAsync(Scope scope, IReadOnlyList<Pseudonym> pseudonyms, CancellationToken cancellationToken)
    {
        var found = new List<string?>(pseudonyms.Count);
        using var seal = ring.Open(scope.Name);
        foreach (var batch in pseudonyms.Chunk(MaxBatch))
        {
            var database = redis.GetDatabase();
            var sealedValues = await database.HashGetAsync(Values(scope), Fields(batch)).WaitAsync(cancellationToken);
            var stale = new List<HashEntry>();
            foreach (var (pseudonym, value) in batch.Zip(sealedValues))
            {
                var text = value.IsNull ? null : Unseal(seal, scope, pseudonym, (byte[])value!);
                found.Add(text);
                if (text is not null && !seal.IsCurrent((byte[])value!))
                {
                    stale.Add(new HashEntry(pseudonym.Key, seal.Close(pseudonym.Key, text)));
                }
            }

            if (stale.Count > 0)
            {
                await RenewAsync(database, scope, [.. stale], cancellationToken);
            }
        }

        return found;
    }

    public async Task CloseAsync(Scope scope, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var retention = options.Value.RetentionAfterClosing;
        await database.HashSetAsync(Numbers(scope), s_closedField, 1).WaitAsync(cancellationToken);

        // Told again, it must not give the values more time.
        if (await database.KeyTimeToLiveAsync(Values(scope)).WaitAsync(cancellationToken) is not { } left || left > retention)
        {
            await database.KeyExpireAsync(Values(scope), retention).WaitAsync(cancellationToken);
        }
    }

    public async Task<long> ForgetAsync(Scope scope, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        var count = await database.HashLengthAsync(Values(scope)).WaitAsync(cancellationToken);
        await database.KeyDeleteAsync(Values(scope)).WaitAsync(cancellationToken);

        // Field by field, so that a counter is never gone, not even while others number.
        var digests = new List<RedisValue>(MaxBatch);
        await foreach (var entry in database.HashScanAsync(Numbers(scope), pageSize: MaxBatch).WithCancellation(cancellationToken))
        {
            if (IsDigest((byte[])entry.Name!))
            {
                digests.Add(entry.Name);
            }
        }

        foreach (var batch in digests.Chunk(MaxBatch))
        {
            await database.HashDeleteAsync(Numbers(scope), batch).WaitAsync(cancellationToken);
        }

        return count;
    }

    /// <summary>Writes what is new, and sees to it that all values are kept under the key in use.</summary>
    /// <returns>False if somebody else numbered values of these types since they were read; then nothing was written.</returns>
    private async Task<bool> TryKeepAsync(
        Scope scope, SensitiveValue[] values, NumberedValue[] numbers, RedisValue[] fields, string[] types, ScopeState state, CancellationToken cancellationToken)
    {
        var sealedValues = await SealAsync(scope, values, numbers, cancellationToken);
        var isNew = Array.Exists(numbers, number => number.IsNew);
        if (!isNew && sealedValues.Length == 0 && state.Retention is null)
        {
            return true;
        }

        // Together, so that values never stay because they were kept and not told to expire, and no number is without its value.
        var transaction = redis.GetDatabase().CreateTransaction();
        if (isNew)
        {
            _ = transaction.HashSetAsync(Numbers(scope), Added(transaction, scope, values, numbers, fields, types, state));
        }

        if (sealedValues.Length > 0)
        {
            _ = transaction.HashSetAsync(Values(scope), sealedValues);
        }

        if (state.Retention is not null)
        {
            _ = transaction.KeyExpireAsync(Values(scope), state.Retention);
        }

        return await transaction.ExecuteAsync().WaitAsync(cancellationToken) || !isNew;
    }

    private HashEntry[] Added(
        ITransaction transaction, Scope scope, SensitiveValue[] values, NumberedValue[] numbers, RedisValue[] fields, string[] types, ScopeState state)
    {
        var added = new List<HashEntry>(values.Length + types.Length + 1);
        var last = values.Zip(numbers).Where(pair => pair.Second.IsNew).GroupBy(pair => pair.First.Type).ToDictionary(group => group.Key, group => group.Max(pair => pair.Second.Number));
        foreach (var (type, counter) in types.Zip(state.Counters).Where(pair => last.ContainsKey(pair.First)))
        {
            var field = Counter(type);
            transaction.AddCondition(counter.IsNull ? Condition.HashNotExists(Numbers(scope), field) : Condition.HashEqual(Numbers(scope), field, counter));
            added.Add(new HashEntry(field, last[type]));
        }

        if (state.IsUnkeyed)
        {
            transaction.AddCondition(Condition.HashNotExists(Numbers(scope), s_keyField));
            added.Add(new HashEntry(s_keyField, key.Fingerprint));
        }

        added.AddRange(Enumerable.Range(0, values.Length).Where(i => numbers[i].IsNew).Select(i => new HashEntry(fields[i], numbers[i].Number)));
        return [.. added];
    }

    /// <summary>Seals values that are new, not kept any more, or kept under another key.</summary>
    private async Task<HashEntry[]> SealAsync(Scope scope, SensitiveValue[] values, NumberedValue[] numbers, CancellationToken cancellationToken)
    {
        using var seal = ring.Open(scope.Name);
        var whole = values.Zip(numbers).Where(pair => pair.First.IsWhole).DistinctBy(pair => pair.First).ToArray();
        var known = whole.Where(pair => !pair.Second.IsNew).Select(pair => new Pseudonym(pair.First.Type, pair.Second.Number)).ToArray();
        var kept = known.Length == 0 ? [] : await redis.GetDatabase().HashGetAsync(Values(scope), Fields(known)).WaitAsync(cancellationToken);

        var entries = new List<HashEntry>(whole.Length);
        var seen = 0;
        foreach (var (value, number) in whole)
        {
            if (number.IsNew || kept[seen++] is var old && (old.IsNull || !seal.IsCurrent((byte[])old!)))
            {
                var place = new Pseudonym(value.Type, number.Number).Key;
                entries.Add(new HashEntry(place, seal.Close(place, value.Identity)));
            }
        }

        return [.. entries];
    }

    // Not where they have been forgotten, or have expired, in between.
    private static async Task RenewAsync(IDatabase database, Scope scope, HashEntry[] entries, CancellationToken cancellationToken)
    {
        var transaction = database.CreateTransaction();
        transaction.AddCondition(Condition.KeyExists(Values(scope)));
        _ = transaction.HashSetAsync(Values(scope), entries);
        await transaction.ExecuteAsync().WaitAsync(cancellationToken);
    }

    private string? Unseal(Seal seal, Scope scope, Pseudonym pseudonym, byte[] value)
    {
        var text = seal.Open(pseudonym.Key, value);
        if (text is null)
        {
            LogUnreadable(scope.Name, pseudonym.ToString());
        }

        return text;
    }

    private static RedisValue[] Fields(Pseudonym[] pseudonyms) => Array.ConvertAll(pseudonyms, pseudonym => (RedisValue)pseudonym.Key);

    private static bool IsDigest(ReadOnlySpan<byte> field) =>
        field.Length == PseudonymKey.DigestLength && (field[0] != '#' || field[1..].ContainsAnyExcept(s_typeName));

    [LoggerMessage(LogLevel.Error, "The value of {Placeholder} in {Scope} cannot be read: its key is gone, or it was changed.")]
    private partial void LogUnreadable(string scope, string placeholder);
}
