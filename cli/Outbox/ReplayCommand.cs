using System.CommandLine;

namespace FaultMaven.Cli.Outbox;

/// <summary><c>fm outbox replay NAME…</c>: tries events again as if they were new.</summary>
internal static class ReplayCommand
{
    public static Command Create(TimeProvider time) => DeadLetterCommand.Create(
        "replay", "Try dead letters again.", "Put back", time,
        async (client, letter, outbox, cancellationToken) =>
            await client.ReplayDeadLetterAsync(new() { Name = letter.ToString() }, outbox, cancellationToken: cancellationToken));
}
