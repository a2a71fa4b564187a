using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>Registers what carries identity between services.</summary>
internal static class IdentityRegistration
{
    private const string OurAssemblies = "FaultMaven.";

    /// <summary>Adds it once, for services and for clients of services alike.</summary>
    public static void AddIdentity(this IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryAdd(typeof(IdentityRegistration), true))
        {
            return;
        }

        builder.Services.AddSingleton<IValidateOptions<IdentityTokenOptions>, IdentityTokenOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<IdentityTokenOptions>, IdentityKeysValidator>();
        builder.Services.AddOptionsWithValidateOnStart<IdentityTokenOptions>().BindConfiguration(IdentityTokenOptions.Section);
        builder.Services.AddSingleton(services => new IdentityTokens(
            services.GetRequiredService<IOptions<IdentityTokenOptions>>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<IValidateOptions<InstallationOptions>, InstallationOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<InstallationOptions>, TenantSettings>();
        builder.Services.AddOptionsWithValidateOnStart<InstallationOptions>().BindConfiguration(InstallationOptions.Section);
        builder.Services.AddSingleton<IdentityInterceptor>();

        var process = builder.Environment.ApplicationName.Replace(OurAssemblies, "", StringComparison.Ordinal).ToLowerInvariant();
        builder.Services.AddSingleton(services => new IdentityCarrier(services.GetRequiredService<IdentityTokens>(), process));
    }
}
