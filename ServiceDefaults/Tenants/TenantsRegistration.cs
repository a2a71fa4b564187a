using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>Registers what keeps things of tenants.</summary>
public static class TenantsRegistration
{
    /// <summary>Has <typeparamref name="THolder"/>, which is registered, asked when a tenant is forgotten.</summary>
    public static void AddTenantHolder<THolder>(this IServiceCollection services)
        where THolder : class, ITenantHolder =>
        services.AddSingleton<ITenantHolder>(provider => provider.GetRequiredService<THolder>());

    /// <summary>Makes options injectable of which tenants may have their own, and has those of all validated at start.</summary>
    /// <param name="services">Where they are registered.</param>
    /// <param name="section">The section of all tenants.</param>
    /// <param name="tenantSection">The section of one, with <c>*</c> for its id.</param>
    /// <param name="validators">What validates them.</param>
    public static void AddTenantOptions<TOptions>(
        this IServiceCollection services,
        string section,
        string tenantSection,
        params IReadOnlyList<IValidateOptions<TOptions>> validators)
        where TOptions : class
    {
        foreach (var validator in validators)
        {
            services.AddSingleton(validator);
        }

        services.AddSingleton<IConfigureOptions<TOptions>>(provider => new TenantOptionsSetup<TOptions>(
            provider.GetRequiredService<IConfiguration>(), section, tenantSection));
        services.AddSingleton<TenantOptions<TOptions>>();
        services.AddOptionsWithValidateOnStart<TOptions>();
    }
}
