using FaultMaven.ServiceDefaults.State;
using FaultMaven.StateWriter;

namespace FaultMaven.State.Tests.Model;

/// <summary>Compares a store after a schedule with the model, which is given the transactions that the store has written down.</summary>
/// <param name="answers">What the writers were answered: the version of each transaction, or null if it was refused.</param>
internal sealed class ScheduleReplay(IReadOnlyDictionary<string, long?> answers)
{
    private readonly Dictionary<string, long> _versions =
        answers.Where(answer => answer.Value is not null).ToDictionary(answer => answer.Key, answer => answer.Value!.Value);

    private readonly ModelStore _model = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How many transactions the store has that no writer was answered of.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Fails if anything acknowledged is missing, anything refused is there, or anything is there by half.</summary>
    public async Task CompareAsync(StateStore store)
    {
        var kept = new HashSet<string>();
        var shards = Schedule.Partitions.Select(store.ShardOf).Distinct().ToList();
        foreach (var shard in shards)
        {
            var entries = await store.ReadAsync(shard, PlannedTransaction.Log, 0, int.MaxValue, Cancel);
            var committed = entries.Select(PlannedTransaction.Read).ToList();
            await LearnVersionsAsync(store, shard, committed);
            foreach (var planned in committed)
            {
                Assert.True(kept.Add(planned.Id), $"{planned.Id} was made twice.");
                Replay(planned, shard);
            }
        }

        foreach (var (id, version) in answers)
        {
            Assert.True(kept.Contains(id) == version is not null, $"{id} was answered {version?.ToString() ?? "no"}.");
        }

        Unanswered = kept.Count(id => !answers.ContainsKey(id));
        foreach (var partition in Schedule.Partitions.Concat(shards))
        {
            await CompareAsync(store, partition);
        }
    }

    // The versions of transactions of which no answer came are known from what they put, or from what others read of it.
    private async Task LearnVersionsAsync(StateStore store, Partition shard, IReadOnlyList<PlannedTransaction> committed)
    {
        foreach (var read in committed.SelectMany(planned => planned.Conditions).Where(condition => condition.Kind == "unchanged"))
        {
            Learn(read.Text, read.Number);
        }

        foreach (var partition in Schedule.Partitions.Append(shard))
        {
            foreach (var record in await store.ListAsync(partition, new RecordRange(""), int.MaxValue, Cancel))
            {
                Learn(record.Text, record.Version);
            }
        }
    }

    private void Learn(string value, long version)
    {
        if (PlannedTransaction.WriterOf(value) is { } id)
        {
            Assert.True(_versions.TryAdd(id, version) || _versions[id] == version, $"{id} has versions {_versions[id]} and {version}.");
        }
    }

    private void Replay(PlannedTransaction planned, Partition shard)
    {
        // One that is not known is never compared.
        var version = _versions.GetValueOrDefault(planned.Id, -1);
        Assert.True(_model.Commit(planned.Build(), shard), $"The conditions of {planned.Id} did not hold.");
        _model[planned.Partition].SetVersion(version);
        _model[shard].SetVersion(version);
    }

    private async Task CompareAsync(StateStore store, Partition partition)
    {
        var model = _model[partition];
        var records = await store.ListAsync(partition, new RecordRange(""), int.MaxValue, Cancel);
        Assert.Equal(
            model.Records.Select(record => (record.Key, Convert.ToHexString(record.Value.Value))),
            records.Where(record => !IsQueued(record)).Select(record => (record.Key, Convert.ToHexString(record.Value.Span))));
        Assert.Equal(
            model.Enqueued.Select(queued => Convert.ToHexString(queued.Record.Value)),
            records.Where(IsQueued).Select(record => Convert.ToHexString(record.Value.Span)));
        foreach (var record in records.Where(record => !IsQueued(record)))
        {
            var version = model.Find(record.Key)!.Version;
            Assert.True(version is -1 || version == record.Version, $"{record.Key} has version {record.Version}, not {version}.");
        }

        foreach (var stream in Schedule.Streams)
        {
            Assert.Equal(
                model.Read(stream).Select(Convert.ToHexString),
                (await store.ReadAsync(partition, stream, 0, int.MaxValue, Cancel)).Select(entry => Convert.ToHexString(entry.Span)));
        }
    }

    private static bool IsQueued(StateRecord record) => record.Key.StartsWith(Schedule.Queue, StringComparison.Ordinal);
}
