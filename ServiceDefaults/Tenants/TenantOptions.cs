using System.Collections.Frozen;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>
/// Options of which a tenant may have its own: what <c>Tenants:0:{section}</c> says, for the tenant that <c>Tenants:0:Name</c> names, goes
/// before what <c>{section}</c> says for all. Only properties with <see cref="PerTenantAttribute"/> may differ.
/// </summary>
/// <typeparam name="TOptions">The options.</typeparam>
/// <param name="common">What holds for all others.</param>
/// <param name="own">The options of each tenant that has its own.</param>
public sealed class TenantOptions<TOptions>(TOptions common, IEnumerable<KeyValuePair<string, TOptions>> own)
    where TOptions : class
{
    private readonly FrozenDictionary<string, TOptions> _own = own.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What holds for a tenant.</summary>
    public TOptions Of(string tenant) => _own.GetValueOrDefault(tenant, common);
}
