using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>Records in order: the values are ids of cases, the keys end with where a case is in a sequence.</summary>
/// <param name="Partition">The partition, which may be a shard.</param>
/// <param name="Prefix">What the keys begin with.</param>
internal readonly record struct IndexSource(Partition Partition, string Prefix);

/// <summary>Reads entries from several places as if they were in one, each once.</summary>
/// <param name="store">The store.</param>
/// <param name="sources">The places.</param>
/// <param name="after">The end of the key after which to begin; null for the beginning.</param>
/// <param name="isDescending">Whether to go from the end to the beginning.</param>
/// <param name="expected">How many entries will most likely be taken.</param>
internal sealed class IndexScan(StateStore store, IReadOnlyList<IndexSource> sources, string? after, bool isDescending, int expected)
{
    private const int MaxBatch = 256;

    private readonly PriorityQueue<Reader, string> _next = new(isDescending
        ? Comparer<string>.Create((one, other) => string.CompareOrdinal(other, one))
        : StringComparer.Ordinal);

    private IReadOnlyList<Reader>? _readers;
    private string? _last;

    /// <summary>The next entries; fewer than <paramref name="count"/> only at the end.</summary>
    public async Task<IReadOnlyList<IndexEntry>> TakeAsync(int count, CancellationToken cancellationToken)
    {
        if (_readers is null)
        {
            // Entries are spread evenly over shards, more or less: a few more than a share, so that most need not be asked again.
            var share = sources.Count < 2 ? expected : (2 * expected / sources.Count) + 4;
            _readers = [.. sources.Select(source => new Reader(source, after, share))];
            await Task.WhenAll(_readers.Select(reader => FillAsync(reader, cancellationToken)));
            foreach (var reader in _readers)
            {
                Queue(reader);
            }
        }

        var taken = new List<IndexEntry>();
        while (taken.Count < count && _next.TryDequeue(out var reader, out var end))
        {
            var record = reader.Waiting.Dequeue();
            if (end != _last)
            {
                taken.Add(IndexEntry.Read(record, end));
                _last = end;
            }

            if (reader.NeedsMore)
            {
                await FillAsync(cancellationToken);
            }

            Queue(reader);
        }

        return taken;
    }

    private void Queue(Reader reader)
    {
        if (reader.Waiting.TryPeek(out var record))
        {
            _next.Enqueue(reader, record.Key[reader.Source.Prefix.Length..]);
        }
    }

    // Those that will soon need more are asked with the one that does, so that many sources cost few rounds.
    private Task FillAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_readers!.Where(reader => reader.WillNeedMore).Select(reader => FillAsync(reader, cancellationToken)));

    private async Task FillAsync(Reader reader, CancellationToken cancellationToken)
    {
        var range = new RecordRange(reader.Source.Prefix, reader.After, isDescending);
        var records = await store.ListAsync(reader.Source.Partition, range, reader.Batch, cancellationToken);
        reader.Add(records);
    }

    private sealed class Reader(IndexSource source, string? after, int batch)
    {
        private bool _isAtEnd;

        public IndexSource Source => source;

        public Queue<StateRecord> Waiting { get; } = [];

        public string? After { get; private set; } = after is null ? null : source.Prefix + after;

        public int Batch { get; private set; } = Math.Clamp(batch, 1, MaxBatch);

        public bool NeedsMore => Waiting.Count == 0 && !_isAtEnd;

        public bool WillNeedMore => Waiting.Count <= Batch / 4 && !_isAtEnd;

        public void Add(IReadOnlyList<StateRecord> records)
        {
            _isAtEnd = records.Count < Batch;
            After = records is [.., var last] ? last.Key : After;
            Batch = Math.Min(2 * Batch, MaxBatch);
            foreach (var record in records)
            {
                Waiting.Enqueue(record);
            }
        }
    }
}
