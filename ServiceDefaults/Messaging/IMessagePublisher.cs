using FaultMaven.ServiceDefaults.Identity;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>Hands events to their consumers; returns once they cannot be lost any more.</summary>
internal interface IMessagePublisher
{
    /// <param name="message">The event.</param>
    /// <param name="identity">For whom its consumers work.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="BusAwayException">Nothing can be published now, whatever the event.</exception>
    Task PublishAsync(IMessage message, CallIdentity identity, CancellationToken cancellationToken);
}

/// <summary>The bus, or the store behind the consumers, is away: that is not the event's fault.</summary>
internal sealed class BusAwayException(Exception cause) : Exception(cause.Message, cause);
