namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>Hands messages to whoever consumes them; returns once they cannot be lost any more.</summary>
internal interface IMessagePublisher
{
    Task PublishAsync(object message, CancellationToken cancellationToken);
}
