using System.CommandLine;
using System.CommandLine.Parsing;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Names;
using Grpc.Core;
using static FaultMaven.Protos.Operations.V1.OutboxService;

namespace FaultMaven.Cli.Outbox;

/// <summary>A command that does one thing to each dead letter that it is given.</summary>
internal static class DeadLetterCommand
{
    /// <param name="name">The name of the command.</param>
    /// <param name="description">Its description in the help.</param>
    /// <param name="done">What it has done to a dead letter, as the start of the sentence that reports it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="call">Does it, with the metadata that says whose outbox it is.</param>
    public static Command Create(
        string name, string description, string done, TimeProvider time,
        Func<OutboxServiceClient, DeadLetterName, Metadata, CancellationToken, Task> call)
    {
        var names = new Argument<DeadLetterName[]>("names")
        {
            Description = "The events, as fm outbox list prints them",
            HelpName = "NAME",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = Parse,
        };
        var command = new Command(name, description) { names };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            var client = new OutboxServiceClient(connection.Calls);
            foreach (var letter in parse.GetRequiredValue(names))
            {
                await call(client, letter, OutboxCommand.For(letter.Outbox), cancellationToken);
                await Console.Error.WriteLineAsync($"{done} {letter}.".AsMemory(), cancellationToken);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static DeadLetterName[] Parse(ArgumentResult result)
    {
        var names = new List<DeadLetterName>();
        foreach (var token in result.Tokens)
        {
            if (DeadLetterName.TryParse(token.Value, out var name))
            {
                names.Add(name);
            }
            else
            {
                result.AddError($"'{token.Value}' is not the name of a dead letter; write {DeadLetterName.Pattern}.");
            }
        }

        return [.. names];
    }
}
