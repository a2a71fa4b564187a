using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Redaction.Store;

internal sealed partial class StoredPseudonyms
{
    // Of some KB each, unless values are long.
    private const int BlocksTogether = 16;

    // A record has a number that no earlier one has, or that was lost, or is in one that cannot be read: more than enough.
    private const int MaxRecords = 4 * ValueBlock.Size;

    public async Task<IReadOnlyList<string?>> FindAsync(Scope scope, IReadOnlyList<Pseudonym> pseudonyms,
        CancellationToken cancellationToken)
    {
        var found = new string?[pseudonyms.Count];
        var stored = await ReadHeadAsync(scope, cancellationToken);
        if (stored.Head.KeptUntil <= time.GetUtcNow())
        {
            return found;
        }

        using var seal = ring.Open(scope.Partition);
        var given = pseudonyms.Index().Where(asked => IsGiven(stored.Head, asked.Item)).ToArray();
        foreach (var places in given.GroupBy(asked => PlacedValue.PlaceOf(asked.Item.Type, asked.Item.Number)).Chunk(BlocksTogether))
        {
            var stale = new ValueWrites(seal);
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
                    stale.Renew(place.Key, block);
                }
            }

            if (!stale.AreNone)
            {
                stored = await SealAnewAsync(scope, stored, stale, seal.KeyId, cancellationToken);
            }
        }

        return found;
    }

    private static bool IsGiven(ScopeHead head, Pseudonym pseudonym) =>
        pseudonym.Number > 0 && head.IndexOf(pseudonym.Type) is >= 0 and var type && pseudonym.Number <= head.Types[type].Last;

    private async Task<ValueBlock[]> OpenAsync(Scope scope, ValuePlace[] places, Seal seal, CancellationToken cancellationToken)
    {
        var records = await Task.WhenAll(places.Select(place =>
            store.ListAsync(scope.Partition, new RecordRange(ScopeKeys.ValuesOf(place)), MaxRecords, cancellationToken)));
        return [.. places.Zip(records, (place, stored) => ValueBlock.Open(seal, place, stored))];
    }

    // Not where another writer wrote meanwhile: then it is done when the values are used again.
    private async Task<StoredHead> SealAnewAsync(
        Scope scope, StoredHead stored, ValueWrites writes, string keyId, CancellationToken cancellationToken)
    {
        // Those that know the values to be sealed under another key must look again.
        var head = stored.Head.SealedUnder == keyId ? stored.Head : stored.Head.WithNothingSure() with { SealedUnder = keyId };
        return await TryReplaceAsync(
            new StateTransaction(scope.Partition), stored, head, writes, time.GetUtcNow(), cancellationToken) ?? stored;
    }

    /// <summary>Makes ready to keep the values of a batch that are not kept under the key in use, and looks which those are.</summary>
    private async Task<ValueWrites> KeepAsync(
        Scope scope, NumberedBatch batch, Seal seal, bool haveExpired, CancellationToken cancellationToken)
    {
        var writes = new ValueWrites(seal);
        var unsure = batch.ToKeep.Where(value => !value.IsNew).Select(value => value.Place).ToHashSet();
        var byPlace = batch.ToKeep.GroupBy(value => value.Place, value => (ValueBlock.OffsetOf(value.Number), value.Value))
            .ToLookup(place => unsure.Contains(place.Key) || batch.Completes(place.Key));
        foreach (var place in byPlace[false])
        {
            writes.Add(place.Key, [.. place]);
        }

        foreach (var places in byPlace[true].Chunk(BlocksTogether))
        {
            var blocks = haveExpired
                ? Array.ConvertAll(places, place => ValueBlock.Open(seal, place.Key, []))
                : await OpenAsync(scope, Array.ConvertAll(places, place => place.Key), seal, cancellationToken);
            foreach (var (place, block) in places.Zip(blocks))
            {
                writes.Add(place.Key, block, place, batch.Completes(place.Key));
            }
        }

        return writes;
    }

    [LoggerMessage(LogLevel.Error, "The value of {Placeholder} in {Scope} cannot be read: its key is gone, or it was changed.")]
    private partial void LogUnreadable(string scope, string placeholder);
}
