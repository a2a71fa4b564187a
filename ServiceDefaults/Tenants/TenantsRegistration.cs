using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>Registers what keeps things of tenants.</summary>
public static class TenantsRegistration
{
    /// <summary>Has <typeparamref name="THolder"/>, which is registered, asked when a tenant is forgotten.</summary>
    public static void AddTenantHolder<THolder>(this IServiceCollection services)
        where THolder : class, ITenantHolder =>
        services.AddSingleton<ITenantHolder>(provider => provider.GetRequiredService<THolder>());
}
