using FaultMaven.Client;
using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;
using Grpc.Net.Client.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.ServiceDefaults.Calls;

/// <summary>Registers typed clients of other services.</summary>
public static class ServiceClientRegistration
{
    /// <summary>The largest answer taken, in bytes: 3 MiB of text with its findings is more than gRPC's default of 4 MiB.</summary>
    public const int MaxAnswerSize = 16 * 1024 * 1024;

    /// <summary>How long a unary call may take unless its caller says otherwise; streams end with the work that they serve.</summary>
    private static readonly TimeSpan s_unaryTimeout = TimeSpan.FromSeconds(30);

    private static readonly ServiceConfig s_serviceConfig = SafeRetries();

    /// <summary>
    /// Makes <typeparamref name="TClient"/> injectable. Its calls are made for the caller of the call being served, inherit its deadline
    /// and cancellation, get a deadline and a request id if there is none, and are retried briefly while the service is unavailable if they
    /// may run twice.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The name of the service, as the app host gives it.</param>
    /// <param name="name">A name for the client, where there are several of its type.</param>
    public static void AddServiceClient<TClient>(this IHostApplicationBuilder builder, string service, string? name = null)
        where TClient : ClientBase
    {
        builder.AddIdentity();
        builder.Services.TryAddSingleton<IServiceTransport, NetworkTransport>();
        builder.Services.TryAddSingleton<RequestIds>();
        builder.Services.TryAddSingleton(services =>
            new DefaultDeadlines(services.GetRequiredService<TimeProvider>(), s_unaryTimeout, watch: null, upload: null));
        builder.Services
            .AddGrpcClient<TClient>(
                name ?? typeof(TClient).Name,
                (services, options) => options.Address = services.GetRequiredService<IServiceTransport>().GetAddress(service))
            .ConfigureChannel(channel =>
            {
                channel.ServiceConfig = s_serviceConfig;
                channel.MaxReceiveMessageSize = MaxAnswerSize;
            })
            .ConfigurePrimaryHttpMessageHandler(services => services.GetRequiredService<IServiceTransport>().CreateHandler())
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .AddInterceptor<DefaultDeadlines>()
            .AddInterceptor<RequestIds>()
            .AddInterceptor<IdentityCarrier>()
            .EnableCallContextPropagation(propagation => propagation.SuppressContextNotFoundErrors = true)
            .AddServiceDiscovery();
    }

    private static ServiceConfig SafeRetries()
    {
        var repeatable = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = 4,
                InitialBackoff = TimeSpan.FromMilliseconds(100),
                MaxBackoff = TimeSpan.FromSeconds(1),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var name in RepeatableMethods.All)
        {
            repeatable.Names.Add(name);
        }

        return new ServiceConfig { MethodConfigs = { repeatable } };
    }
}
