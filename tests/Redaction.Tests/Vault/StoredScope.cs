using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Redaction.Tests.Vault;

/// <summary>What a store holds for a scope, for tests that look behind the service.</summary>
internal sealed class StoredScope(StateStore store, string scope)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Partition Partition => new Partition(Partition.LocalTenant, scope);

    public async Task<StateRecord> HeadAsync() => Assert.Single(await ListAsync("head"));

    /// <summary>The entries of digests.</summary>
    public Task<IReadOnlyList<ReadOnlyMemory<byte>>> DigestsAsync() =>
        store.ReadAsync(Partition, "digests", after: 0, count: 100_000, Cancel);

    /// <summary>The records of sealed values: all, or those of a block, such as <c>EMAIL_ADDRESS/0</c>.</summary>
    public Task<IReadOnlyList<StateRecord>> ValuesAsync(string? block = null) => ListAsync(block is null ? "values/" : $"values/{block}/");

    /// <summary>Changes what is there, as the service would not.</summary>
    public async Task ChangeAsync(Action<StateTransaction> change)
    {
        var transaction = new StateTransaction(Partition);
        change(transaction);
        Assert.NotNull(await store.CommitAsync(transaction, Cancel));
    }

    private Task<IReadOnlyList<StateRecord>> ListAsync(string prefix) =>
        store.ListAsync(Partition, new RecordRange(prefix), count: 100_000, Cancel);
}
