using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.Cli.Flags;

/// <summary><c>fm flag set NAME VALUE</c>: gives a flag a value.</summary>
internal static class SetCommand
{
    private static readonly Argument<FlagName> s_name = FlagCommand.Name();

    private static readonly Argument<string> s_value = new("value") { Description = "The value", HelpName = "VALUE" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("set", "Give a flag a value, for everyone and at once.") { s_name, s_value };
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            var flag = await new FlagService.FlagServiceClient(connection.Calls).SetFlagAsync(
                new() { Name = parse.GetValue(s_name).ToString(), Value = parse.GetRequiredValue(s_value) },
                cancellationToken: cancellationToken);
            await Console.Out.WriteLineAsync(FlagText.Of(flag).AsMemory(), cancellationToken);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
