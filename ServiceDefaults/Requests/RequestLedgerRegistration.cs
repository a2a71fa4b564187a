using FaultMaven.ServiceDefaults.State;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>Registers <see cref="RequestLedger"/>, and where services keep its records.</summary>
public static class RequestLedgerRegistration
{
    /// <summary>Has the requests of a service recorded in its store of state.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service, as the contract describes it.</param>
    /// <param name="store">The key of its <see cref="StateStore"/>.</param>
    public static void AddRequestRecords(this IHostApplicationBuilder builder, ServiceDescriptor service, string store)
    {
        ArgumentNullException.ThrowIfNull(service);
        builder.Services.AddKeyedSingleton<IRequestRecords>(
            service.FullName,
            (services, _) => new StateRequestRecords(
                [services.GetRequiredKeyedService<StateStore>(store)], services.GetRequiredService<TimeProvider>()));
    }

    /// <summary>Has the requests of a service that works on the stores of all others recorded there.</summary>
    internal static void AddRequestRecords(this IServiceCollection services, ServiceDescriptor service) =>
        services.TryAddKeyedSingleton<IRequestRecords>(
            service.FullName,
            (provider, _) => new StateRequestRecords(
                [.. provider.GetKeyedServices<StateStore>(KeyedService.AnyKey)], provider.GetRequiredService<TimeProvider>()));

    internal static void AddRequestLedger(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<RequestLedgerOptions>, RequestLedgerOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<RequestLedgerOptions>().BindConfiguration(RequestLedgerOptions.Section);
        builder.Services.AddSingleton(services => new RequestLedger(
            services, services.GetRequiredService<IOptions<RequestLedgerOptions>>(), services.GetRequiredService<TimeProvider>()));
        builder.Services.AddSingleton<RequestLedgerInterceptor>();
    }
}
