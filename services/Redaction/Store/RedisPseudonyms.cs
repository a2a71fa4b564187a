using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// Keeps three kinds of strings per scope: a head (<see cref="ScopeHead"/>), digests in the order of their numbers
/// (<see cref="DigestLog"/>), and sealed values in blocks of 256 numbers (<see cref="ValueBlock"/>), which expire. All but the head are
/// only ever added to. Which number a digest has is looked up in this process, which reads what others have added since when the head is
/// not the one it knows.
/// </summary>
/// <remarks>
/// Needs no scripts. What is new is numbered here and written in one transaction with the head, which fails if the head is no longer what
/// it was; then it is read again.
/// </remarks>
internal sealed partial class RedisPseudonyms(
    IConnectionMultiplexer redis,
    PseudonymKey key,
    KeyRing ring,
    ScopeIndexes indexes,
    IOptions<VaultOptions> options,
    TimeProvider time,
    ILogger<RedisPseudonyms> logger) : IPseudonyms
{
    // Both bound the size of one command, and so how long it keeps others waiting; the embedded store takes no command above 4 MiB.
    private const int MaxBatch = 1000;
    private const int MaxBatchLength = 256 * 1024;

    // By scope, as many as seldom get into each other's way.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    public async Task<IReadOnlyList<NumberedValue>> NumberAsync(Scope scope, IReadOnlyList<SensitiveValue> values,
        CancellationToken cancellationToken)
    {
        var numbers = new NumberedValue[values.Count];
        var digests = key.Digest(scope, values);
        using var seal = ring.Open(scope.Name);
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
        var missing = await FindMissingAsync(scope, batch.Unsure, seal, cancellationToken);
        ValueWrite[] writes = [.. missing.Writes, .. batch.Added.SelectMany(added => added.Writes(seal, head.Generation))];
        if (writes.Length == 0 && batch.Added.Count == 0 && ReferenceEquals(head, index.Head))
        {
            missing.Verify(index);
            return await redis.GetDatabase().StringGetAsync(new ScopeKeys(scope).Head).WaitAsync(cancellationToken) == index.HeadBytes;
        }

        if (writes.Length > 0 && head.SealedUnder != seal.KeyId)
        {
            head = head.WithNothingSure() with { SealedUnder = seal.KeyId };
        }

        head = head with { Types = [.. batch.TypesAfter(head)], KeptCount = head.KeptCount + missing.Count
            + batch.Added.Sum(added => added.KeptCount) };
        if (!await TryWriteAsync(scope, index, head, batch.Added, writes, head.KeptUntil - now, cancellationToken))
        {
            return false;
        }

        missing.Verify(index);
        return true;
    }

    /// <returns>False if the scope is no longer what the index knows; then nothing was written.</returns>
    private async Task<bool> TryWriteAsync(
        Scope scope, ScopeIndex index, ScopeHead head, List<AddedValues> added, ValueWrite[] writes, TimeSpan timeLeft,
            CancellationToken cancellationToken)
    {
        var keys = new ScopeKeys(scope);
        var transaction = redis.GetDatabase().CreateTransaction();
        var written = new List<Task>();
        if (added.Count > 0)
        {
            var log = new ArrayBufferWriter<byte>();
            added.ForEach(values => DigestLog.Append(log, values.Type, values.First, values.Digests));
            var isFull = head.LastChunk < head.FirstChunk || head.LastChunkLength >= DigestLog.ChunkLength;
            head = isFull
                ? head with { LastChunk = head.LastChunk + 1, LastChunkLength = log.WrittenCount }
                : head with { LastChunkLength = head.LastChunkLength + log.WrittenCount };
            written.Add(isFull
                ? transaction.StringSetAsync(keys.Digests(head.LastChunk), log.WrittenMemory)
                : transaction.StringAppendAsync(keys.Digests(head.LastChunk), log.WrittenMemory));
        }

        foreach (var write in writes)
        {
            Write(transaction, keys.Values(write.Place), write, timeLeft, written);
        }

        if (await TryReplaceAsync(keys, transaction, index.Head, index.HeadBytes, head, written, cancellationToken) is not var (newHead,
            bytes))
        {
            return false;
        }

        foreach (var values in added)
        {
            for (var i = 0; i < values.Digests.Count; i++)
            {
                index.Table.Set(values.Digests[i], values.First + i);
            }
        }

        var old = index.Head;
        index.Advance(newHead, bytes);
        await ShortenAsync(scope, old, newHead, timeLeft, cancellationToken);
        return true;
    }

    private static void Write(ITransaction transaction, RedisKey block, ValueWrite write, TimeSpan timeLeft, List<Task> written)
    {
        written.Add(write.Replaces
            ? transaction.StringSetAsync(block, write.Frames[0], timeLeft)
            : transaction.StringAppendAsync(block, write.Frames[0]));
        foreach (var frame in write.Frames.Skip(1))
        {
            written.Add(transaction.StringAppendAsync(block, frame));
        }

        if (!write.Replaces)
        {
            // It may not be there, because another generation of the same numbers was lost.
            written.Add(transaction.KeyExpireAsync(block, timeLeft));
        }
    }

    /// <summary>Writes a head, and what else is in a transaction, if the head is what it was.</summary>
    /// <returns>What was written, or null.</returns>
    private static async Task<(ScopeHead Head, RedisValue Bytes)?> TryReplaceAsync(
        ScopeKeys keys, ITransaction transaction, ScopeHead old, RedisValue oldBytes, ScopeHead head, List<Task> written,
            CancellationToken cancellationToken)
    {
        head = head with
        {
            Version = old.Version + 1,
            Origin = oldBytes.IsNull ? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) : old.Origin,
        };
        RedisValue bytes = head.ToBytes();
        transaction.AddCondition(oldBytes.IsNull ? Condition.KeyNotExists(keys.Head) : Condition.StringEqual(keys.Head, oldBytes));
        written.Add(transaction.StringSetAsync(keys.Head, bytes));
        if (!await transaction.ExecuteAsync().WaitAsync(cancellationToken))
        {
            return null;
        }

        await Task.WhenAll(written).WaitAsync(cancellationToken);
        return (head, bytes);
    }

    private void CheckKey(Scope scope, ScopeHead head)
    {
        if (!head.Fingerprint.IsEmpty && !head.Fingerprint.Span.SequenceEqual(key.Fingerprint))
        {
            throw new PseudonymKeyMismatchException(scope);
        }
    }
}
