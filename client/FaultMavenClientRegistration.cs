using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FaultMaven.Client;

/// <summary>Registers the clients.</summary>
public static class FaultMavenClientRegistration
{
    /// <summary>Makes <see cref="FaultMavenClient"/>, and the client of each service, injectable. All share one channel.</summary>
    public static IServiceCollection AddFaultMavenClient(this IServiceCollection services, Action<FaultMavenClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddFaultMavenClient((_, options) => configure(options));
    }

    /// <summary>The same, with options that come from other services, such as configuration or a source of tokens.</summary>
    public static IServiceCollection AddFaultMavenClient(
        this IServiceCollection services, Action<IServiceProvider, FaultMavenClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton(provider =>
        {
            var options = new FaultMavenClientOptions();
            configure(provider, options);
            return new FaultMavenClient(options);
        });
        services.TryAddSingleton(provider => provider.GetRequiredService<FaultMavenClient>().Agent);
        services.TryAddSingleton(provider => provider.GetRequiredService<FaultMavenClient>().ApiKeys);
        services.TryAddSingleton(provider => provider.GetRequiredService<FaultMavenClient>().Data);
        services.TryAddSingleton(provider => provider.GetRequiredService<FaultMavenClient>().Knowledge);
        services.TryAddSingleton(provider => provider.GetRequiredService<FaultMavenClient>().Outboxes);
        services.TryAddSingleton(provider => provider.GetRequiredService<FaultMavenClient>().Redaction);
        services.TryAddSingleton(provider => provider.GetRequiredService<FaultMavenClient>().RedactionPolicies);
        services.TryAddSingleton(provider => provider.GetRequiredService<FaultMavenClient>().Sessions);
        return services;
    }
}
