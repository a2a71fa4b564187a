using System.CommandLine;
using FaultMaven.Cli.Connections;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case reopen CASE</c>: goes on with a case that was closed.</summary>
internal static class ReopenCommand
{
    private static readonly Option<string> s_reason = new("--reason") { Description = "Why it is opened again", HelpName = "TEXT" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("reopen", "Open a closed case again.") { CaseArguments.Case, s_reason };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var reopened = await new SessionServiceClient(connection.Calls).ReopenCaseAsync(
            new() { Name = name, Reason = parse.GetValue(s_reason) ?? "" }, cancellationToken: cancellationToken);

        await Console.Out.WriteLineAsync($"Reopened {reopened.Name}.");
        return (int)ExitCode.Done;
    }
}
