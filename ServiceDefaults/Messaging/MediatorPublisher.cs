using MassTransit.Mediator;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Publishes inside one process. The mediator returns once the consumers are done, so a message leaves the outbox only when it was
/// consumed; an in-memory queue would lose what a killed process had in it.
/// </summary>
internal sealed class MediatorPublisher(IMediator mediator) : IMessagePublisher
{
    public Task PublishAsync(object message, CancellationToken cancellationToken) =>
        mediator.Publish(message, message.GetType(), cancellationToken);
}
