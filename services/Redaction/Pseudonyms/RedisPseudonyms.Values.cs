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

    /// <summary>Sees to it that values are kept under the key in use.</summary>
    /// <param name="scope">Where they are.</param>
    /// <param name="values">The values with their numbers.</param>
    /// <param name="retention">How long they are to be kept from now on; null if what is left is enough.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task KeepAsync(
        Scope scope, IReadOnlyList<(SensitiveValue Value, NumberedValue Number)> values, TimeSpan? retention, CancellationToken cancellationToken)
    {
        var database = redis.GetDatabase();
        using var seal = ring.Open(scope.Name);
        var whole = values.Where(v => v.Value.IsWhole).DistinctBy(v => v.Value).ToArray();
        var pseudonyms = Array.ConvertAll(whole, v => new Pseudonym(v.Value.Type, v.Number.Number));
        var kept = whole.All(v => v.Number.IsNew) ? [] : await database.HashGetAsync(Values(scope), Fields(pseudonyms)).WaitAsync(cancellationToken);

        var writes = Enumerable.Range(0, whole.Length)
            .Where(i => kept.Length == 0 || kept[i].IsNull || !seal.IsCurrent((byte[])kept[i]!))
            .Select(i => new HashEntry(pseudonyms[i].Key, seal.Close(pseudonyms[i].Key, whole[i].Value.Identity)))
            .ToArray();
        if (writes.Length == 0 && retention is null)
        {
            return;
        }

        // Together, so that values never stay because they were kept and not told to expire.
        var transaction = database.CreateTransaction();
        if (writes.Length > 0)
        {
            _ = transaction.HashSetAsync(Values(scope), writes);
        }

        if (retention is not null)
        {
            _ = transaction.KeyExpireAsync(Values(scope), retention);
        }

        await transaction.ExecuteAsync().WaitAsync(cancellationToken);
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
