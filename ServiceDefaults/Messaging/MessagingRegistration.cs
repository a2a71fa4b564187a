using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Settings;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;
using Google.Protobuf;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Registers events between services: over RabbitMQ where <c>ConnectionStrings:rabbitmq</c> names one, inside the process otherwise.
/// </summary>
public static class MessagingRegistration
{
    private const string ConnectionName = "rabbitmq";

    /// <summary>Consumes events with a singleton <typeparamref name="TConsumer"/>, which must tolerate that an event comes twice.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The consuming service.</param>
    /// <param name="subject">What it consumes; with the service the name of the queue, which all replicas share.</param>
    public static void AddConsumer<TConsumer>(this IHostApplicationBuilder builder, string service, string subject)
        where TConsumer : class, IConsumer
    {
        builder.Services.AddSingleton<TConsumer>();
        builder.Services.AddSingleton(new ConsumerRegistration(
            $"{service}-{subject}",
            (endpoint, services) => endpoint.Consumer(
                services.GetRequiredService<TConsumer>,
                consumer => consumer.UseFilter(new EventIdentityFilter<TConsumer>(service)))));
        AddBus(builder);
    }

    /// <summary>Makes <see cref="Outbox"/> injectable by the key <paramref name="service"/>, and publishes what is staged there.</summary>
    public static void AddOutbox(this IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton<IValidateOptions<OutboxOptions>, OutboxOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<OutboxOptions>().BindConfiguration(OutboxOptions.Section);
        builder.AddState(service);
        builder.Services.AddRequestRecords(OutboxService.Descriptor);
        builder.Services.AddKeyedSingleton(service, (_, _) => new Outbox(service));
        builder.Services.AddKeyedSingleton(service, (services, _) => new OutboxStore(
            services.GetRequiredKeyedService<Outbox>(service), services.GetRequiredKeyedService<StateStore>(service)));
        builder.Services.AddSingleton(services => services.GetRequiredKeyedService<OutboxStore>(service));
        builder.Services.AddSingleton<ITenantHolder>(services => services.GetRequiredKeyedService<OutboxStore>(service));
        builder.Services.AddSingleton<IHostedService>(services => new OutboxDispatcher(
            services.GetRequiredKeyedService<Outbox>(service),
            services.GetRequiredKeyedService<OutboxStore>(service),
            services.GetRequiredService<IMessagePublisher>(),
            services.GetRequiredService<IOptions<OutboxOptions>>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<OutboxDispatcher>>()));
        AddBus(builder);
    }

    /// <summary>Maps what operators see of the outboxes, if there are any.</summary>
    internal static void MapOutboxes(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(OutboxStore)))
        {
            app.MapGrpcService<OutboxGrpcService>();
        }
    }

    private static void AddBus(IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryAdd(typeof(MessagingRegistration), true))
        {
            return;
        }

        builder.Services.AddSingleton(new HostSetting(
            $"ConnectionStrings:{ConnectionName}", "The RabbitMQ for events between services; without one they stay in the process.")
        {
            MustBe = value => value.Length == 0 || (Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps")
                ? null
                : "a URL that begins with amqp:// or amqps://",
        });
        if (builder.Configuration.GetConnectionString(ConnectionName) is { Length: > 0 } broker)
        {
            builder.Services.AddSingleton<IMessagePublisher, BrokerPublisher>();
            builder.Services.AddMassTransit(bus => bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(broker));
                rabbit.ConfigureJsonSerializerOptions(json =>
                {
                    json.Converters.Insert(0, new EventJsonConverter());
                    return json;
                });

                // Events implement interfaces of protobuf, which are not messages that anyone consumes.
                rabbit.Publish<IMessage>(topology => topology.Exclude = true);
                rabbit.Publish<IBufferMessage>(topology => topology.Exclude = true);
                rabbit.UseMessageRetry(retry => retry.Exponential(
                    10, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(500)));
                foreach (var queue in context.GetServices<ConsumerRegistration>().GroupBy(registration => registration.Queue))
                {
                    rabbit.ReceiveEndpoint(queue.Key, endpoint =>
                    {
                        foreach (var consumer in queue)
                        {
                            consumer.Connect(endpoint, context);
                        }
                    });
                }
            }));
        }
        else
        {
            builder.Services.AddSingleton<IMessagePublisher, MediatorPublisher>();
            builder.Services.AddMediator(bus => bus.ConfigureMediator((context, mediator) =>
            {
                foreach (var consumer in context.GetServices<ConsumerRegistration>())
                {
                    consumer.Connect(mediator, context);
                }
            }));
        }
    }

    /// <summary>A consumer and the queue that it reads.</summary>
    private sealed record ConsumerRegistration(string Queue, Action<IReceiveEndpointConfigurator, IServiceProvider> Connect);
}
