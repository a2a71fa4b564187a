using System.CommandLine;

namespace FaultMaven.Cli.Outbox;

/// <summary><c>fm outbox drop NAME…</c>: deletes events that are not to be delivered any more.</summary>
internal static class DropCommand
{
    public static Command Create(TimeProvider time) => DeadLetterCommand.Create(
        "drop", "Delete dead letters.", "Dropped", time,
        async (client, letter, outbox, cancellationToken) =>
            await client.DeleteDeadLetterAsync(new() { Name = letter.ToString() }, outbox, cancellationToken: cancellationToken));
}
