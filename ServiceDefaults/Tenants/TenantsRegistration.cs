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

    /// <summary>Makes options injectable of which tenants may have their own, and has both validated at start.</summary>
    /// <param name="services">Where they are registered.</param>
    /// <param name="section">The section, one of <see cref="TenantSettings.Sections"/>.</param>
    /// <param name="validators">What validates them.</param>
    public static void AddTenantOptions<TOptions>(
        this IServiceCollection services, string section, params IReadOnlyList<IValidateOptions<TOptions>> validators)
        where TOptions : class
    {
        foreach (var validator in validators)
        {
            services.AddSingleton(validator);
        }

        services.AddSingleton(provider => new TenantOptionsReader<TOptions>(provider.GetRequiredService<IConfiguration>(), section));
        services.AddSingleton<IValidateOptions<TOptions>>(provider => new TenantOptionsValidator<TOptions>(
            provider.GetRequiredService<TenantOptionsReader<TOptions>>(), validators));
        services.AddSingleton(provider => new TenantOptions<TOptions>(
            provider.GetRequiredService<IOptions<TOptions>>().Value,
            provider.GetRequiredService<TenantOptionsReader<TOptions>>().Read()
                .Select(own => KeyValuePair.Create(own.Tenant, own.Options))));
        services.AddOptionsWithValidateOnStart<TOptions>().BindConfiguration(section);
    }
}
