using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Names;
using static FaultMaven.Protos.Operations.V1.OutboxService;

namespace FaultMaven.Cli.Outbox;

/// <summary><c>fm outbox replay NAME…</c>: tries events again as if they were new.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<DeadLetterName[]> s_names = DeadLetterArguments.Create();

    public static Command Create(TimeProvider time)
    {
        var command = new Command("replay", "Try dead letters again.") { s_names };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var client = new OutboxServiceClient(connection.Calls);
        foreach (var name in parse.GetRequiredValue(s_names))
        {
            await client.ReplayDeadLetterAsync(
                new() { Name = name.ToString() }, OutboxCommand.For(name.Outbox), cancellationToken: cancellationToken);
            await Console.Error.WriteLineAsync($"Put back {name}.".AsMemory(), cancellationToken);
        }

        return (int)ExitCode.Done;
    }
}
