using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>
/// Options of which a tenant may have its own: what its section says goes before what the section of all says. Both are constants of the
/// options, <c>Section</c> and <c>TenantSection</c>; only properties with <see cref="PerTenantAttribute"/> may differ.
/// </summary>
/// <typeparam name="TOptions">The options, by the name of a tenant.</typeparam>
/// <param name="options">Reads them.</param>
public sealed class TenantOptions<TOptions>(IOptionsMonitor<TOptions> options)
    where TOptions : class
{
    /// <summary>What holds for a tenant.</summary>
    public TOptions Of(string tenant) => options.Get(tenant);
}
