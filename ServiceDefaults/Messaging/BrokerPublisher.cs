using Google.Protobuf;
using MassTransit;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Publishes over the broker and returns once it has confirmed. An event that no queue takes, because its consumer has never been started,
/// counts as not published, so it waits in the outbox until there is one.
/// </summary>
internal sealed class BrokerPublisher(IBus bus) : IMessagePublisher
{
    public async Task PublishAsync(IMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await bus.Publish(message, message.GetType(), Pipe.Execute<PublishContext>(RequireQueue), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BusAwayException(exception);
        }
    }

    private static void RequireQueue(PublishContext context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var send))
        {
            send.Mandatory = true;
        }
    }
}
