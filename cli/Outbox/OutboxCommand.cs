using System.CommandLine;
using FaultMaven.Protos.Names;
using Grpc.Core;

namespace FaultMaven.Cli.Outbox;

/// <summary><c>fm outbox</c>: events between the services that could not be published.</summary>
internal static class OutboxCommand
{
    /// <summary>The services that publish events.</summary>
    public static readonly IReadOnlyList<OutboxName> Outboxes = [new("agent"), new("data"), new("session")];

    public static Command Create(TimeProvider time) => new("outbox", "Look after events between the services that could not be delivered.")
    {
        ListCommand.Create(time),
        ReplayCommand.Create(time),
        DropCommand.Create(time),
    };

    /// <summary>Says which service a call is for: behind one address, several serve outboxes.</summary>
    public static Metadata For(OutboxName outbox) => new() { { "faultmaven-service", outbox.Id } };
}
