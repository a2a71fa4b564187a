namespace FaultMaven.ServiceDefaults.State;

/// <summary>Records that say who works on something. One that is not renewed in time is gone, and another may take it.</summary>
public static class Leases
{
    /// <summary>Takes a lease. False if someone has it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="key">What the lease is for.</param>
    /// <param name="owner">A unique id of the worker that takes it.</param>
    /// <param name="duration">How long it lasts unless it is renewed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public static async Task<bool> TryTakeLeaseAsync(
        this StateStore store, Partition partition, string key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(partition);
        transaction.IfAbsent(key);
        transaction.Put(key, owner, duration);
        return await store.CommitAsync(transaction, cancellationToken) is not null;
    }

    /// <summary>Renews a lease from now on. False if it was lost.</summary>
    /// <inheritdoc cref="TryTakeLeaseAsync"/>
    public static async Task<bool> TryRenewLeaseAsync(
        this StateStore store, Partition partition, string key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(partition);
        transaction.IfEqual(key, owner);
        transaction.Put(key, owner, duration);
        return await store.CommitAsync(transaction, cancellationToken) is not null;
    }

    /// <summary>Gives a lease back. Nothing changes if it was lost.</summary>
    /// <inheritdoc cref="TryTakeLeaseAsync"/>
    public static async Task ReleaseLeaseAsync(
        this StateStore store, Partition partition, string key, string owner, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(partition);
        transaction.IfEqual(key, owner);
        transaction.Delete(key);
        await store.CommitAsync(transaction, cancellationToken);
    }
}
