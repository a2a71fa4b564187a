using System.Security.Cryptography;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// Keeps three things per scope, in its partition: a head (<see cref="ScopeHead"/>), a stream of digests in the order of their numbers
/// (<see cref="DigestRuns"/>), and sealed values in blocks of 256 numbers (<see cref="ValueBlock"/>), which expire. Which number a digest
/// has is looked up in this process, which reads what others have added since when the head is not the one it knows.
/// </summary>
/// <remarks>
/// What is new is numbered here and written in one transaction with the head, which fails if the head is no longer what it was; then it
/// is read again. So what the head says of digests and values is what is there.
/// </remarks>
internal sealed partial class StoredPseudonyms(
    [FromKeyedServices(ResourceNames.Redaction)] StateStore store,
    PseudonymKey key,
    KeyRing ring,
    ScopeIndexes indexes,
    TenantOptions<VaultOptions> options,
    TimeProvider time,
    ILogger<StoredPseudonyms> logger) : IPseudonyms
{
    // Both bound the size of one transaction, and so how long it keeps others waiting.
    private const int MaxBatch = 1000;
    private const int MaxBatchLength = 256 * 1024;

    // By scope, as many as seldom get into each other's way.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<IReadOnlyList<NumberedValue>> NumberAsync(Scope scope, IReadOnlyList<SensitiveValue> values,
        CancellationToken cancellationToken)
    {
        var numbers = new NumberedValue[values.Count];
        var digests = key.Digest(scope, values);
        using var seal = ring.Open(scope.Partition);
        for (var (from, to) = (0, 0); from < numbers.Length; from = to)
        {
            to = EndOfBatch(values, from);
            var batch = new NumberedBatch(values, digests, numbers, from, to);
            await InTurnAsync(scope, index => NumberAsync(scope, index, batch, seal, cancellationToken), cancellationToken);
        }

        return numbers;
    }

    public async Task<IReadOnlyList<long>> LastNumbersAsync(Scope scope, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        var (head, _) = await ReadHeadAsync(scope, cancellationToken);
        CheckKey(scope, head);
        return [.. types.Select(type => head.IndexOf(type) is >= 0 and var i ? head.Types[i].Last : 0)];
    }

    private static int EndOfBatch(IReadOnlyList<SensitiveValue> values, int from)
    {
        var (to, length) = (from, 0);
        while (to < values.Count && to - from < MaxBatch && length < MaxBatchLength)
        {
            length += values[to++].Identity.Length;
        }

        return to;
    }

    // Callers of this process take turns, so that they need not try again because of each other, and share an index.
    private async Task InTurnAsync(Scope scope, Func<ScopeIndex, Task> work, CancellationToken cancellationToken)
    {
        var turn = _turns[(uint)scope.GetHashCode() % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var index = indexes.Take(scope);
            try
            {
                await work(index);
            }
            finally
            {
                indexes.Return(scope, index);
            }
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task NumberAsync(Scope scope, ScopeIndex index, NumberedBatch batch, Seal seal, CancellationToken cancellationToken)
    {
        if (!index.IsRead)
        {
            await CatchUpAsync(scope, index, cancellationToken);
        }

        while (!await TryNumberAsync(scope, index, batch, seal, cancellationToken))
        {
            await CatchUpAsync(scope, index, cancellationToken);
        }
    }

    /// <returns>False if the scope is no longer what the index knows; then nothing was written.</returns>
    private async Task<bool> TryNumberAsync(Scope scope, ScopeIndex index, NumberedBatch batch, Seal seal,
        CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var head = await RenewAsync(scope, index.Head, now, cancellationToken);
        batch.Number(index, head, seal.KeyId);
        var writes = await KeepAsync(scope, batch, seal, haveExpired: index.Head.KeptUntil <= now, cancellationToken);
        if (ReferenceEquals(head, index.Head) && batch.Added.Count == 0 && writes.AreNone)
        {
            writes.Verify(index);
            return index.Stored.IsStill((await store.FindAsync(scope.Partition, ScopeKeys.Head, cancellationToken))?.Value);
        }

        if (!writes.AreNone && head.SealedUnder != seal.KeyId)
        {
            head = head.WithNothingSure() with { SealedUnder = seal.KeyId };
        }

        head = head with { Types = [.. batch.TypesAfter(head)] };
        if (await TryWriteAsync(scope, index, head, batch.Added, writes, now, cancellationToken) is not { } stored)
        {
            return false;
        }

        index.Learn(batch.Added);
        index.Advance(stored);
        writes.Verify(index);
        return true;
    }

    /// <returns>What the scope has now, or null if it is no longer what the index knows; then nothing was written.</returns>
    private Task<StoredHead?> TryWriteAsync(
        Scope scope, ScopeIndex index, ScopeHead head, List<AddedValues> added, ValueWrites writes, DateTimeOffset now,
            CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(scope.Partition);
        if (index.Head.KeptUntil <= now)
        {
            // By the clock of the store they may not have expired yet.
            transaction.DeleteAll(ScopeKeys.Values);
        }
        else if (index.Head.KeptUntil != head.KeptUntil)
        {
            transaction.Keep(ScopeKeys.Values, LifetimeOf(head, now));
        }

        if (added.Count > 0)
        {
            transaction.Append(ScopeKeys.Digests, [DigestRuns.Of(added)]);
            head = head with { EntryCount = head.EntryCount + 1 };
        }

        return TryReplaceAsync(transaction, index.Stored, head, writes, now, cancellationToken);
    }

    /// <summary>Writes a head, values, and what else is in a transaction, if the head is what it was.</summary>
    /// <returns>What was written, or null.</returns>
    private async Task<StoredHead?> TryReplaceAsync(
        StateTransaction transaction, StoredHead old, ScopeHead head, ValueWrites? writes, DateTimeOffset now,
            CancellationToken cancellationToken)
    {
        var stamp = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        writes?.PutInto(transaction, stamp, LifetimeOf(head, now));
        head = head with
        {
            Stamp = stamp,
            Origin = head.Origin == 0 ? stamp : head.Origin,
            KeptCount = head.KeptCount + (writes?.KeptCount ?? 0),
            RecordCount = head.RecordCount + (writes?.RecordCount ?? 0),
        };
        var bytes = head.ToBytes();
        if (old.Bytes is { } oldBytes)
        {
            // By what is in it and not by its version, which a store that was emptied gives a second time.
            transaction.IfEqual(ScopeKeys.Head, oldBytes);
        }
        else
        {
            transaction.IfAbsent(ScopeKeys.Head);
        }

        transaction.Put(ScopeKeys.Head, bytes);
        return await store.CommitAsync(transaction, cancellationToken) is null ? null : new StoredHead(head, bytes);
    }

    private void CheckKey(Scope scope, ScopeHead head)
    {
        if (!head.Fingerprint.IsEmpty && !head.Fingerprint.Span.SequenceEqual(key.Fingerprint))
        {
            throw new PseudonymKeyMismatchException(scope);
        }
    }
}
