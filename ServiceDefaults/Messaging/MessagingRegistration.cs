using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>Registers messages between services: over RabbitMQ where <c>ConnectionStrings:rabbitmq</c> names one, inside the process otherwise.</summary>
public static class MessagingRegistration
{
    private const string ConnectionName = "rabbitmq";

    /// <summary>Consumes messages with a singleton <typeparamref name="TConsumer"/>, which must bear that a message comes twice.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="queue">The queue, shared by all replicas of the consuming service.</param>
    public static void AddConsumer<TConsumer>(this IHostApplicationBuilder builder, string queue)
        where TConsumer : class, IConsumer
    {
        builder.Services.AddSingleton<TConsumer>();
        builder.Services.AddSingleton(new ConsumerRegistration(
            queue, (endpoint, services) => endpoint.Consumer(services.GetRequiredService<TConsumer>)));
        AddBus(builder);
    }

    /// <summary>Makes <see cref="Outbox"/> injectable by the key <paramref name="service"/>, and publishes what is staged there.</summary>
    public static void AddOutbox(this IHostApplicationBuilder builder, string service)
    {
        builder.Services.AddKeyedSingleton(service, (_, _) => new Outbox(service));
        builder.Services.AddSingleton<IHostedService>(services => new OutboxDispatcher(
            services.GetRequiredKeyedService<Outbox>(service),
            services.GetRequiredService<IConnectionMultiplexer>(),
            services.GetRequiredService<IMessagePublisher>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<OutboxDispatcher>>()));
        AddBus(builder);
    }

    private static void AddBus(IHostApplicationBuilder builder)
    {
        if (!builder.Properties.TryAdd(typeof(MessagingRegistration), true))
        {
            return;
        }

        if (builder.Configuration.GetConnectionString(ConnectionName) is { Length: > 0 } broker)
        {
            builder.Services.AddSingleton<IMessagePublisher, BrokerPublisher>();
            builder.Services.AddMassTransit(bus => bus.UsingRabbitMq((context, rabbit) =>
            {
                rabbit.Host(new Uri(broker));
                rabbit.UseMessageRetry(retry => retry.Exponential(10, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(30), TimeSpan.FromMilliseconds(500)));
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
