using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.Sessions.Tests.Listing;

/// <summary>How a transaction fails.</summary>
internal enum CommitFault
{
    None,

    /// <summary>It is not made, as if the process had been killed before.</summary>
    Before,

    /// <summary>It is made, and no one is told, as if the process had been killed after.</summary>
    After,
}

/// <summary>A store that fails at a transaction of the test's choice, and otherwise is the one that it wraps.</summary>
internal sealed class FailingStore(StateStore store) : StateStore
{
    private int _commits;
    private int _failAt;
    private CommitFault _fault;

    public override bool IsShared => store.IsShared;

    public override IReadOnlyList<Partition> Shards => store.Shards;

    /// <summary>Fails one of the next transactions.</summary>
    /// <param name="fault">How.</param>
    /// <param name="commit">Which, from 1.</param>
    public void Fail(CommitFault fault, int commit) => (_fault, _failAt, _commits) = (fault, commit, 0);

    public override Partition ShardOf(Partition partition) => store.ShardOf(partition);

    public override Task<IReadOnlyList<StateRecord?>> FindAsync(
        Partition partition, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        store.FindAsync(partition, keys, cancellationToken);

    public override Task<IReadOnlyList<StateRecord>> ListAsync(
        Partition partition, RecordRange range, int count, CancellationToken cancellationToken) =>
        store.ListAsync(partition, range, count, cancellationToken);

    public override Task<long> CountAsync(Partition partition, string prefix, CancellationToken cancellationToken) =>
        store.CountAsync(partition, prefix, cancellationToken);

    public override Task<long> GetLengthAsync(Partition partition, string stream, CancellationToken cancellationToken) =>
        store.GetLengthAsync(partition, stream, cancellationToken);

    public override Task<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(
        Partition partition, string stream, long after, int count, CancellationToken cancellationToken) =>
        store.ReadAsync(partition, stream, after, count, cancellationToken);

    public override IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> FollowAsync(
        Partition partition, string stream, long after, CancellationToken cancellationToken) =>
        store.FollowAsync(partition, stream, after, cancellationToken);

    public override Task<IReadOnlyList<string>> ListTenantsAsync(CancellationToken cancellationToken) =>
        store.ListTenantsAsync(cancellationToken);

    public override IAsyncEnumerable<Partition> ListPartitionsAsync(string tenant, CancellationToken cancellationToken) =>
        store.ListPartitionsAsync(tenant, cancellationToken);

    protected override async Task<long?> CommitCoreAsync(StateTransaction transaction, CancellationToken cancellationToken)
    {
        var fault = Interlocked.Increment(ref _commits) == _failAt ? _fault : CommitFault.None;
        var version = fault == CommitFault.Before ? null : await store.CommitAsync(transaction, cancellationToken);
        return fault == CommitFault.None
            ? version
            : throw new StateStoreException(StoreFailureKind.Away, "made-up failure", new IOException());
    }
}
