using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case close CASE</c>: ends the work on a case.</summary>
internal static class CloseCommand
{
    private static readonly Option<string> s_resolution = new Option<string>("--resolution", "-r")
    {
        Description = "How it ended",
        HelpName = "RESOLUTION",
        Required = true,
    }.AcceptOnlyFromAmong([.. Resolutions().Select(JsonOutput.Name)]);

    private static readonly Option<string> s_reason = new("--reason")
    {
        Description = "Why it is closed",
        HelpName = "TEXT",
    };

    private static readonly Option<string?> s_duplicateOf = new("--duplicate-of")
    {
        Description = "With --resolution duplicate: the case that is worked on",
        HelpName = "CASE",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("close", "Close a case; until it is reopened it accepts no evidence, messages or questions.")
        {
            CaseArguments.Case, s_resolution, s_reason, s_duplicateOf,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static IEnumerable<Case.Types.Resolution> Resolutions() =>
        Enum.GetValues<Case.Types.Resolution>().Where(resolution => resolution != Case.Types.Resolution.Unspecified);

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var closed = await new SessionServiceClient(connection.Calls).CloseCaseAsync(
            new()
            {
                Name = name,
                Resolution = Resolutions().Single(resolution => JsonOutput.Name(resolution) == parse.GetRequiredValue(s_resolution)),
                Reason = parse.GetValue(s_reason) ?? "",
                DuplicateOf = parse.GetValue(s_duplicateOf) is { Length: > 0 } other
                    ? await CaseNames.FindAsync(connection.Calls, other, cancellationToken)
                    : "",
                RequestId = $"{Guid.NewGuid():N}",
            },
            cancellationToken: cancellationToken);

        await Console.Out.WriteLineAsync($"Closed {closed.Name}.");
        return (int)ExitCode.Done;
    }
}
