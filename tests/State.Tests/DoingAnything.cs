using FaultMaven.ServiceDefaults.State;
using FaultMaven.State.Tests.Model;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.State.Tests;

/// <summary>Whatever transactions a store is given, what can be read after each is what a simple model of it has.</summary>
public abstract class DoingAnything(StoreUnderTest store)
{
    private int _runs;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>How many series of transactions are tried. Each takes thousands of reads.</summary>
    protected virtual int RunCount => 60;

    [Fact]
    public void Is_what_the_model_does() =>
        Prop.ForAll(Step.Sequences(40), RunAsync).Check(Config.QuickThrowOnFailure.WithMaxTest(RunCount));

    private async Task RunAsync(Step[] steps)
    {
        foreach (var shard in store.Store.Shards)
        {
            await store.CommitAsync(shard, t => t.DeletePartition());
        }

        // Two tenants with partitions of the same names.
        var run = $"{Guid.NewGuid():n}-{++_runs}";
        Partition[] partitions = [new($"one-{run}", "a"), new($"one-{run}", "b"), new($"two-{run}", "a"), new($"two-{run}", "b")];
        var model = new ModelStore();
        foreach (var step in steps)
        {
            if (step.Moments == 0)
            {
                await CommitAsync(model, partitions[step.Partition], step);
            }
            else if (store.ControlsTime)
            {
                await store.AdvanceAsync(step.Moments * store.Moment);
                model.Now += step.Moments * store.Moment;
            }

            foreach (var partition in partitions.Concat(partitions.Select(store.Store.ShardOf)).Distinct())
            {
                await CompareAsync(model[partition], partition);
            }

            foreach (var tenant in partitions.Select(p => p.Tenant).Distinct())
            {
                var listed = await store.Store.ListPartitionsAsync(tenant, Cancel).ToListAsync(Cancel);
                var expected = partitions.Where(p => p.Tenant == tenant && !model[p].IsEmpty);
                Assert.Equal(expected.Select(p => p.Name), listed.Select(p => p.Name).Order());
            }
        }
    }

    private async Task CommitAsync(ModelStore model, Partition partition, Step step)
    {
        var shard = store.Store.ShardOf(partition);
        var moment = store.ControlsTime ? store.Moment : TimeSpan.FromHours(1);
        var transaction = new StateTransaction(partition);
        foreach (var operation in step.Conditions.Concat(step.Changes))
        {
            Step.Describe(transaction, operation, model[partition], moment);
        }

        foreach (var operation in step.Shard)
        {
            Step.Describe(transaction.Shard, operation, model[shard], moment);
        }

        var version = await store.Store.CommitAsync(transaction, Cancel);
        var committed = model.Commit(transaction, shard);

        Assert.Equal(committed, version is not null);
        foreach (var changed in committed ? [partition, shard] : Array.Empty<Partition>())
        {
            model[changed].Learn(await store.Store.ListAsync(changed, new RecordRange(""), 1000, Cancel), version!.Value);
        }
    }

    private async Task CompareAsync(ModelPartition model, Partition partition)
    {
        var expected = model.Records.Select(r => (r.Key, Value: Convert.ToHexString(r.Value.Value), r.Value.Version!.Value)).ToList();
        Assert.Equal(expected, Shown(await store.Store.ListAsync(partition, new RecordRange(""), 1000, Cancel)));
        Assert.Equal(
            expected.AsEnumerable().Reverse(),
            Shown(await store.Store.ListAsync(partition, new RecordRange("", IsDescending: true), 1000, Cancel)));

        var found = await store.Store.FindAsync(partition, Step.Keys, Cancel);
        Assert.Equal(
            expected.Where(r => Step.Keys.Contains(r.Key)),
            Shown(found.OfType<StateRecord>()).OrderBy(r => expected.IndexOf(r)));

        foreach (var key in Step.Keys)
        {
            var inPrefix = expected.Where(r => r.Key.StartsWith(key, StringComparison.Ordinal)).ToList();
            Assert.Equal(inPrefix.Count, await store.Store.CountAsync(partition, key, Cancel));
            Assert.Equal(
                inPrefix.Skip(1).Take(2),
                Shown(await store.Store.ListAsync(partition, new RecordRange(key, inPrefix.FirstOrDefault().Key), 2, Cancel)));
            Assert.Equal(
                model.Read(key).Select(Convert.ToHexString),
                (await store.Store.ReadAsync(partition, key, 0, 1000, Cancel)).Select(e => Convert.ToHexString(e.Span)));
            Assert.Equal(model.Read(key).Count, await store.Store.GetLengthAsync(partition, key, Cancel));
        }
    }

    private static IEnumerable<(string Key, string Value, long Version)> Shown(IEnumerable<StateRecord> records) =>
        records.Select(r => (r.Key, Convert.ToHexString(r.Value.Span), r.Version));
}
