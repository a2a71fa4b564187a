using FaultMaven.Protos.Operations.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>Registers the check of settings at start, and the list of those in effect.</summary>
public static class SettingsRegistration
{
    /// <summary>Adds both, for all options that are registered by the time that the host is built.</summary>
    public static void AddSettings(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.TryAddSingleton(provider => new SettingTypes(services, provider.GetRequiredService<IConfiguration>()));
        services.TryAddSingleton(provider => new EffectiveSettings(
            provider.GetRequiredService<SettingTypes>(),
            provider.GetServices<HostSetting>(),
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IHostEnvironment>()));
        services.AddSingleton(new HostSetting("AllowedHosts", "The names under which the process may be called, with `;` between them.")
        {
            Shown = HostSetting.Everything,
        });
        services.Replace(ServiceDescriptor.Singleton<IStartupValidator, SettingsCheck>());
    }

    /// <summary>
    /// Checks all settings, the first time. Hosts call it before anything reads settings: the check at start comes after what runs in the
    /// background was made, which reads them too.
    /// </summary>
    /// <exception cref="SettingsException">Some are wrong.</exception>
    public static void EnsureSettings(this IServiceProvider services) => services.GetRequiredService<IStartupValidator>().Validate();

    /// <summary>Maps the RPC about settings, unless the process serves it in another way.</summary>
    internal static void MapSettings(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(SettingsService.SettingsServiceBase)))
        {
            app.MapGrpcService<SettingsGrpcService>();
        }
    }
}
