using FaultMaven.ServiceDefaults.Identity;

namespace FaultMaven.ServiceDefaults.State;

/// <summary>
/// What is written together: a case, say. One transaction is about one partition (and what it shares with others, see
/// <see cref="StateTransaction.Shard"/>), and deleting a partition deletes all that is kept of it.
/// </summary>
/// <param name="Tenant">Whose it is. Partitions of two tenants never share anything.</param>
/// <param name="Name">Unique within the tenant and the service.</param>
public readonly record struct Partition(string Tenant, string Name)
{
    /// <summary>The tenant of the person whose machine it is.</summary>
    public const string LocalTenant = "local";

    /// <summary>A partition of the tenant that the running code works for, see <see cref="CallIdentity.Current"/>.</summary>
    /// <exception cref="InvalidOperationException">It works for no tenant.</exception>
    public static Partition OfCaller(string name) => CallIdentity.Current.Principal.Tenant is { Length: > 0 } tenant
        ? new Partition(tenant, name)
        : throw new InvalidOperationException("A service that does its own work has no tenant.");

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}/{Name}";
}
