using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Redaction.Store;

internal sealed partial class StoredPseudonyms
{
    // Of up to 16 KB each, and mostly of some dozens of bytes.
    private const int EntriesTogether = 500;

    private async Task<StoredHead> ReadHeadAsync(Scope scope, CancellationToken cancellationToken) =>
        await store.FindAsync(scope.Partition, ScopeKeys.Head, cancellationToken) is { } record
            ? new StoredHead(ScopeHead.FromBytes(record.Value), record.Value)
            : StoredHead.None;

    /// <summary>Reads what was added to a scope since an index was read.</summary>
    private async Task CatchUpAsync(Scope scope, ScopeIndex index, CancellationToken cancellationToken)
    {
        var stored = await ReadHeadAsync(scope, cancellationToken);
        while (true)
        {
            CheckKey(scope, stored.Head);
            if (stored.Head.Origin != index.Head.Origin || stored.Head.EntryCount < index.Head.EntryCount)
            {
                index.Clear();
            }

            if (await TryReadDigestsAsync(scope.Partition, index, stored.Head.EntryCount, cancellationToken))
            {
                index.Advance(stored);
                return;
            }

            // Someone may have forgotten the scope meanwhile. If not, continuing would give second numbers.
            index.Clear();
            var incomplete = stored;
            stored = await ReadHeadAsync(scope, cancellationToken);
            if (stored.IsStill(incomplete.Bytes))
            {
                throw new InvalidDataException($"The store has lost some of what it held for {scope.Name}.");
            }
        }
    }

    private async Task<bool> TryReadDigestsAsync(Partition partition, ScopeIndex index, long upTo, CancellationToken cancellationToken)
    {
        index.Begin();
        for (var read = index.Head.EntryCount; read < upTo;)
        {
            var entries = await store.ReadAsync(
                partition, ScopeKeys.Digests, read, (int)Math.Min(EntriesTogether, upTo - read), cancellationToken);
            if (entries.Count == 0 || !entries.All(entry => DigestRuns.TryRead(entry.Span, index.Table)))
            {
                return false;
            }

            read += entries.Count;
        }

        return true;
    }
}
