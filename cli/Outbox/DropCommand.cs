using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Names;
using static FaultMaven.Protos.Operations.V1.OutboxService;

namespace FaultMaven.Cli.Outbox;

/// <summary><c>fm outbox drop NAME…</c>: deletes events that are not to be delivered any more.</summary>
internal static class DropCommand
{
    private static readonly Argument<DeadLetterName[]> s_names = DeadLetterArguments.Create();

    public static Command Create(TimeProvider time)
    {
        var command = new Command("drop", "Delete dead letters.") { s_names };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var client = new OutboxServiceClient(connection.Calls);
        foreach (var name in parse.GetRequiredValue(s_names))
        {
            await client.DeleteDeadLetterAsync(
                new() { Name = name.ToString() }, OutboxCommand.For(name.Outbox), cancellationToken: cancellationToken);
            await Console.Error.WriteLineAsync($"Dropped {name}.".AsMemory(), cancellationToken);
        }

        return (int)ExitCode.Done;
    }
}
