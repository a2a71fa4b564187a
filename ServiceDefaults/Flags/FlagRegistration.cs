using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FaultMaven.ServiceDefaults.Flags;

/// <summary>Registers the flags of services.</summary>
public static class FlagRegistration
{
    /// <summary>
    /// Makes <see cref="FlagValues"/> injectable by the service's name as key, and follows what is set. Called before anything that works
    /// in the background with them.
    /// </summary>
    public static void AddFlags(this IHostApplicationBuilder builder, string service, params IReadOnlyList<Flag> flags)
    {
        builder.AddState(service);
        builder.Services.AddRequestRecords(FlagService.Descriptor);
        builder.Services.AddKeyedSingleton(service, (_, _) => new FlagValues(flags));
        builder.Services.AddKeyedSingleton(service, (services, _) =>
        {
            var values = services.GetRequiredKeyedService<FlagValues>(service);
            var store = new FlagStore(services.GetRequiredKeyedService<StateStore>(service));
            var follower = new FlagFollower(
                values, store, services.GetRequiredService<TimeProvider>(), services.GetRequiredService<ILogger<FlagFollower>>());
            return new ServedFlags(values, store, follower);
        });
        builder.Services.AddSingleton(services => services.GetRequiredKeyedService<ServedFlags>(service));
        builder.Services.AddSingleton<IHostedService>(services => services.GetRequiredKeyedService<ServedFlags>(service).Follower);
    }

    /// <summary>Maps the RPCs about flags, if there are any.</summary>
    internal static void MapFlags(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(ServedFlags)))
        {
            app.MapGrpcService<FlagGrpcService>();
        }
    }
}
