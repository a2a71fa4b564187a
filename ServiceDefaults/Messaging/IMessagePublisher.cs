using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>Hands events to their consumers; returns once they cannot be lost any more.</summary>
internal interface IMessagePublisher
{
    /// <exception cref="BusAwayException">Nothing can be published now, whatever the event.</exception>
    Task PublishAsync(IMessage message, CancellationToken cancellationToken);
}

/// <summary>The bus, or the store behind the consumers, is away: that is not the event's fault.</summary>
internal sealed class BusAwayException(Exception cause) : Exception(cause.Message, cause);
