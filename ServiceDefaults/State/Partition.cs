namespace FaultMaven.ServiceDefaults.State;

/// <summary>
/// What is written together: a case, say. One transaction is about one partition (and what it shares with others, see
/// <see cref="StateTransaction.Shard"/>), and deleting a partition deletes all that is kept of it.
/// </summary>
/// <param name="Tenant">Whose it is. Partitions of two tenants never share anything.</param>
/// <param name="Name">Unique within the tenant and the service.</param>
public readonly record struct Partition(string Tenant, string Name)
{
    /// <summary>The tenant of everything that is kept before callers have an identity.</summary>
    public const string LocalTenant = "local";

    /// <summary>A partition of <see cref="LocalTenant"/>.</summary>
    public static Partition Local(string name) => new(LocalTenant, name);

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Name}";
}
