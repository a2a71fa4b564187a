using System.CommandLine;
using FaultMaven.Cli.Connections;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case delete CASE --yes</c>: removes a case with all that is stored of it.</summary>
internal static class DeleteCommand
{
    private static readonly Option<bool> s_yes = new("--yes", "-y") { Description = "Confirm: a deleted case cannot be restored" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("delete", "Delete a case with its evidence, turns and redacted values.") { CaseArguments.Case, s_yes };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        if (!parse.GetValue(s_yes))
        {
            throw new CommandFailedException(ExitCode.Usage, $"Deleting {name} cannot be undone; add --yes to do it.");
        }

        await new SessionServiceClient(connection.Calls).DeleteCaseAsync(new() { Name = name }, cancellationToken: cancellationToken);
        await Console.Out.WriteLineAsync($"Deleted {name}.");
        return (int)ExitCode.Done;
    }
}
