using System.CommandLine;
using FaultMaven.Cli.Connections;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case close CASE</c>: ends the work on a case.</summary>
internal static class CloseCommand
{
    private static readonly Option<bool> s_resolved = new("--resolved") { Description = "The cause was found and dealt with" };

    private static readonly Option<string> s_reason = new("--reason")
    {
        Description = "Why it is closed",
        HelpName = "TEXT",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("close", "Close a case; it accepts no more evidence, messages or questions.")
        {
            CaseArguments.Case, s_resolved, s_reason,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var closed = await new SessionServiceClient(connection.Calls).CloseCaseAsync(
            new() { Name = name, Resolved = parse.GetValue(s_resolved), Reason = parse.GetValue(s_reason) ?? "" },
            cancellationToken: cancellationToken);

        await Console.Out.WriteLineAsync($"Closed {closed.Name}.");
        return (int)ExitCode.Done;
    }
}
