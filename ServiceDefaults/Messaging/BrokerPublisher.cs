using FaultMaven.ServiceDefaults.Identity;
using Google.Protobuf;
using MassTransit;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Publishes over the broker and returns once it has confirmed. An event that no queue takes, because its consumer has never been started,
/// counts as not published, so it waits in the outbox until there is one.
/// </summary>
internal sealed class BrokerPublisher(IBus bus) : IMessagePublisher
{
    public async Task PublishAsync(IMessage message, CallIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            await bus.Publish(
                message, message.GetType(), Pipe.Execute<PublishContext>(context => Prepare(context, identity)), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BusAwayException(exception);
        }
    }

    private static void Prepare(PublishContext context, CallIdentity identity)
    {
        EventIdentity.Write(context, identity);
        if (context.TryGetPayload<RabbitMqSendContext>(out var send))
        {
            send.Mandatory = true;
        }
    }
}
