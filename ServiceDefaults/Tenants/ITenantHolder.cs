namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>Something that keeps what belongs to tenants elsewhere than in partitions of theirs.</summary>
public interface ITenantHolder
{
    /// <summary>Deletes what it keeps of a tenant. Called before the tenant's partitions are deleted; may be called again.</summary>
    Task<ForgottenItems> ForgetAsync(string tenant, CancellationToken cancellationToken);
}

/// <summary>What was deleted of a tenant.</summary>
/// <param name="Files">Texts and databases.</param>
/// <param name="Events">Events that waited, and dead letters.</param>
public readonly record struct ForgottenItems(long Files, long Events);
