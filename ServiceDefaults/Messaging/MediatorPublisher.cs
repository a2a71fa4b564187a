using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf;
using MassTransit;
using MassTransit.Mediator;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Publishes inside one process. The mediator returns once the consumers are done, so an event leaves the outbox only when it was
/// consumed; an in-memory queue would lose what a killed process had in it.
/// </summary>
internal sealed class MediatorPublisher(IMediator mediator) : IMessagePublisher
{
    public async Task PublishAsync(IMessage message, CallIdentity identity, CancellationToken cancellationToken)
    {
        try
        {
            await mediator.Publish(
                message,
                message.GetType(),
                Pipe.Execute<PublishContext>(context => EventIdentity.Write(context, identity)),
                cancellationToken);
        }
        catch (Exception exception) when (StoreFailure.Of(exception) is not null)
        {
            throw new BusAwayException(exception);
        }
    }
}
