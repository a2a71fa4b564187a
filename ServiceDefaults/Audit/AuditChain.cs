using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>
/// Adds to the log of one tenant. Entries that come while others are written are written together, so that callers share the wait for
/// the disk; other processes may add to the same log at the same time.
/// </summary>
internal sealed class AuditChain(
    string service, Partition partition, StateStore state, AuditSeal seal, AuditOptions options, TimeProvider time)
{
    private const int MaxBatch = 256;

    // The record of the month that is written to: all who write agree on it.
    private const string Current = "current";

    private static readonly TimeSpan s_removalPause = TimeSpan.FromHours(6);

    private readonly Lock _lock = new();
    private readonly Queue<Pending> _waiting = [];
    private bool _isWriting;

    // Of the writing task alone.
    private Head? _head;
    private DateTimeOffset _nextRemoval;

    /// <summary>Adds an entry. Returns its number once it is durable.</summary>
    /// <exception cref="StateStoreException">The store did not take it, or it is not known whether it did.</exception>
    public Task<long> AppendAsync(AuditEntry entry)
    {
        var pending = new Pending(entry);
        lock (_lock)
        {
            _waiting.Enqueue(pending);
            if (_isWriting)
            {
                return pending.Done.Task;
            }

            _isWriting = true;
        }

        // What is written is not all the work of the first caller: its trace must not have it.
        using (ExecutionContext.SuppressFlow())
        {
            _ = Task.Run(WriteAsync);
        }

        return pending.Done.Task;
    }

    private async Task WriteAsync()
    {
        while (TakeBatch() is { } batch)
        {
            try
            {
                await WriteAsync(batch);
            }
            catch (Exception exception)
            {
                // Those who wait get it. What is in the store now is not known.
                _head = null;
                batch.ForEach(pending => pending.Done.TrySetException(exception));
            }
        }
    }

    private List<Pending>? TakeBatch()
    {
        lock (_lock)
        {
            var batch = new List<Pending>(Math.Min(_waiting.Count, MaxBatch));
            while (batch.Count < MaxBatch && _waiting.TryDequeue(out var pending))
            {
                batch.Add(pending);
            }

            _isWriting = batch.Count > 0;
            return _isWriting ? batch : null;
        }
    }

    private async Task WriteAsync(List<Pending> batch)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var head = _head ?? await ReadHeadAsync();
            var old = now >= _nextRemoval ? await FindOldAsync(now, head) : [];
            var transaction = new StateTransaction(partition);
            var segment = Continue(transaction, head, now);
            var entries = batch.ConvertAll(pending => pending.Entry);
            foreach (var (oldSegment, last) in old)
            {
                transaction.DeleteStream(oldSegment.Stream);
                transaction.Delete(oldSegment.Key);
                entries.Insert(0, new AuditEntry { Kind = AuditEntry.Types.Kind.Removed, Actor = $"service:{service}", Count = last });
            }

            var (sequence, hash) = (head.Sequence, head.Hash);
            foreach (var entry in entries)
            {
                entry.Sequence = ++sequence;
                entry.CreateTime ??= Timestamp.FromDateTimeOffset(now);
                entry.PreviousHash = hash;
                seal.Close(entry);
                hash = entry.Hash;
            }

            transaction.Append(segment.Stream, [.. entries.Select(entry => new ReadOnlyMemory<byte>(entry.ToByteArray()))]);
            if (await state.CommitAsync(transaction, CancellationToken.None) is not null)
            {
                _head = new Head(segment, sequence, hash);
                _nextRemoval = now >= _nextRemoval ? now + s_removalPause : _nextRemoval;
                batch.ForEach(pending => pending.Done.TrySetResult(pending.Entry.Sequence));
                return;
            }

            // Another process was first.
            _head = null;
        }
    }

    // A process whose clock is behind goes on in the segment of the month that has begun elsewhere.
    private static AuditSegment Continue(StateTransaction transaction, Head head, DateTimeOffset now)
    {
        var month = AuditSegment.MonthOf(now);
        if (head.Segment is { } current)
        {
            transaction.IfEqual(Current, current.Month);
            transaction.IfLength(current.Stream, head.Sequence - current.First + 1);
            if (string.CompareOrdinal(current.Month, month) >= 0)
            {
                return current;
            }
        }
        else
        {
            transaction.IfAbsent(Current);
        }

        var next = new AuditSegment(month, head.Sequence + 1, head.Hash);
        transaction.IfLength(next.Stream, 0);
        transaction.Put(Current, next.Month);
        transaction.Put(next.Key, next.Text);
        return next;
    }

    private async Task<Head> ReadHeadAsync()
    {
        var last = await state.ListAsync(
            partition, new RecordRange(AuditSegment.Prefix, IsDescending: true), 1, CancellationToken.None);
        if (last is not [var record])
        {
            return new Head(null, 0, AuditSeal.FirstOf(service, partition));
        }

        var segment = AuditSegment.Read(record);
        var length = await state.GetLengthAsync(partition, segment.Stream, CancellationToken.None);
        var entries = length == 0 ? [] : await state.ReadAsync(partition, segment.Stream, length - 1, 1, CancellationToken.None);

        // By its place and not by what it says: a log that was changed goes on, and shows where.
        var hash = entries is [var bytes] ? AuditEntry.Parser.ParseFrom(bytes.Span).Hash : segment.PreviousHash;
        return new Head(segment, segment.First + length - 1, hash);
    }

    private async Task<List<(AuditSegment Segment, long Last)>> FindOldAsync(DateTimeOffset now, Head head)
    {
        var segments = await AuditSegment.ListAsync(state, partition, CancellationToken.None);
        return
        [
            .. segments.Zip(segments.Skip(1), (segment, next) => (Segment: segment, Last: next.First - 1))
                .TakeWhile(pair => pair.Segment.IsOlderThan(options.Retention, now) && pair.Segment.Month != head.Segment?.Month),
        ];
    }

    private sealed record Head(AuditSegment? Segment, long Sequence, string Hash);

    private sealed class Pending(AuditEntry entry)
    {
        public AuditEntry Entry => entry;

        public TaskCompletionSource<long> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
