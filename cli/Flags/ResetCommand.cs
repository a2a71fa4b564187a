using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.Cli.Flags;

/// <summary><c>fm flag reset NAME</c>: gives a flag its default value again.</summary>
internal static class ResetCommand
{
    private static readonly Argument<FlagName> s_name = FlagCommand.Name();

    public static Command Create(TimeProvider time)
    {
        var command = new Command("reset", "Give a flag its default value again.") { s_name };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            var flag = await new FlagService.FlagServiceClient(connection.Calls).ResetFlagAsync(
                new() { Name = parse.GetValue(s_name).ToString() }, cancellationToken: cancellationToken);
            await Console.Out.WriteLineAsync(FlagText.Of(flag).AsMemory(), cancellationToken);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
