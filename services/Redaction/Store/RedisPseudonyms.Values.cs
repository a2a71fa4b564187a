using StackExchange.Redis;

namespace FaultMaven.Redaction.Store;

internal sealed partial class RedisPseudonyms
{
    // Of some KB each, unless values are long.
    private const int BlocksTogether = 16;

    public async Task<IReadOnlyList<string?>> FindAsync(Scope scope, IReadOnlyList<Pseudonym> pseudonyms,
        CancellationToken cancellationToken)
    {
        var found = new string?[pseudonyms.Count];
        var (head, bytes) = await ReadHeadAsync(scope, cancellationToken);
        if (head.KeptUntil <= time.GetUtcNow())
        {
            return found;
        }

        using var seal = ring.Open(scope.Name);
        var given = pseudonyms.Index().Where(asked => IsGiven(head, asked.Item));
        foreach (var places in given.GroupBy(asked => new ValuePlace(head.Generation, asked.Item.Type, ValueBlock.Of(asked.Item.Number)))
            .Chunk(BlocksTogether))
        {
            var stale = new List<ValueWrite>();
            var blocks = await OpenAsync(scope, [.. places.Select(place => place.Key)], seal, cancellationToken);
            foreach (var (place, block) in places.Zip(blocks))
            {
                foreach (var (i, pseudonym) in place)
                {
                    found[i] = block[ValueBlock.OffsetOf(pseudonym.Number)];
                    if (found[i] is null && block.IsDamaged)
                    {
                        LogUnreadable(scope.Name, pseudonym.ToString());
                    }
                }

                if (block.IsStale)
                {
                    stale.Add(new ValueWrite(place.Key, Replaces: true, [.. block.Close(seal, place.Key)]));
                }
            }

            if (stale.Count > 0)
            {
                (head, bytes) = await SealAnewAsync(scope, head, bytes, stale, seal.KeyId, cancellationToken);
            }
        }

        return found;
    }

    private static bool IsGiven(ScopeHead head, Pseudonym pseudonym) =>
        pseudonym.Number > 0 && head.IndexOf(pseudonym.Type) is >= 0 and var type && pseudonym.Number <= head.Types[type].Last;

    private async Task<ValueBlock[]> OpenAsync(Scope scope, ValuePlace[] places, Seal seal, CancellationToken cancellationToken)
    {
        var keys = new ScopeKeys(scope);
        var stored = await redis.GetDatabase().StringGetAsync(Array.ConvertAll(places, place => keys.Values(place)))
            .WaitAsync(cancellationToken);
        return [.. places.Zip(stored).Select(pair => ValueBlock.Open(seal, pair.First, pair.Second))];
    }

    // Not where another writer wrote meanwhile: then it is done when the values are used again.
    private async Task<(ScopeHead Head, RedisValue Bytes)> SealAnewAsync(
        Scope scope, ScopeHead head, RedisValue bytes, List<ValueWrite> writes, string keyId, CancellationToken cancellationToken)
    {
        var keys = new ScopeKeys(scope);
        var transaction = redis.GetDatabase().CreateTransaction();
        var written = new List<Task>();
        var timeLeft = head.KeptUntil - time.GetUtcNow();
        foreach (var write in writes.Where(write => write.Frames.Count > 0 && timeLeft > TimeSpan.Zero))
        {
            Write(transaction, keys.Values(write.Place), write, timeLeft, written);
        }

        // Those that know the values to be sealed under another key must look again.
        var renewed = head.SealedUnder == keyId ? head : head.WithNothingSure() with { SealedUnder = keyId };
        return await TryReplaceAsync(keys, transaction, head, bytes, renewed, written, cancellationToken) ?? (head, bytes);
    }

    /// <summary>Looks which values are kept under the key in use, and makes ready to keep those that aren't.</summary>
    private async Task<MissingValues> FindMissingAsync(Scope scope, List<UnsureValue> unsure, Seal seal,
        CancellationToken cancellationToken)
    {
        var missing = new MissingValues();
        foreach (var places in unsure.GroupBy(value => value.Place).Chunk(BlocksTogether))
        {
            var blocks = await OpenAsync(scope, [.. places.Select(place => place.Key)], seal, cancellationToken);
            foreach (var (place, block) in places.Zip(blocks))
            {
                missing.Add(seal, place.Key, block, place);
            }
        }

        return missing;
    }

    [LoggerMessage(LogLevel.Error, "The value of {Placeholder} in {Scope} cannot be read: its key is gone, or it was changed.")]
    private partial void LogUnreadable(string scope, string placeholder);
}
