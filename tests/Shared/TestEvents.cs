using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Messaging;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.Tests.Shared;

/// <summary>Events from outside of the host under test.</summary>
public static class TestEvents
{
    /// <summary>Has an event consumed as if another service had published it; returns once it is.</summary>
    /// <param name="services">The services of the host.</param>
    /// <param name="message">The event.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <param name="principal">Whose work caused it; null for the local user.</param>
    public static Task PublishEventAsync(
        this IServiceProvider services, IMessage message, CancellationToken cancellationToken, Principal? principal = null) =>
        services.GetRequiredService<IMessagePublisher>().PublishAsync(
            message, new CallIdentity(principal ?? Principal.LocalUser, Via: "tests"), cancellationToken);
}
