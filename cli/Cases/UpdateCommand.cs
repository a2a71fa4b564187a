using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case update CASE</c>: changes what is said of a case.</summary>
internal static class UpdateCommand
{
    private static readonly Option<string?> s_title = new("--title") { Description = "What it is about", HelpName = "TEXT" };

    private static readonly Option<string[]> s_clear = new Option<string[]>("--clear")
    {
        Description = "A field to empty; repeat it for more",
        HelpName = "FIELD",
    }.AcceptOnlyFromAmong("description", "priority", "severity", "tags", "service", "links");

    public static Command Create(TimeProvider time)
    {
        var command = new Command("update", "Change what is said of a case; --tag and --link replace those that there are.")
        {
            CaseArguments.Case, s_title, s_clear, CaseDetailOptions.Access,
        };
        foreach (var option in CaseDetailOptions.All)
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var given = await CaseDetailOptions.ReadAsync(parse, connection.Calls, cancellationToken);
        given.Title = parse.GetValue(s_title) ?? "";
        var request = new UpdateCaseRequest { Case = given, UpdateMask = new() { Paths = { MaskOf(parse, given) } } };
        var access = CaseDetailOptions.AccessIn(parse);
        if (request.UpdateMask.Paths.Count == 0 && access == Case.Types.Access.Unspecified)
        {
            throw new CommandFailedException(ExitCode.Usage, "Say what to change, such as --priority high; --help lists all.");
        }

        given.Name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var sessions = new SessionServiceClient(connection.Calls);
        if (request.UpdateMask.Paths.Count > 0)
        {
            await sessions.UpdateCaseAsync(request, cancellationToken: cancellationToken);
        }

        if (access != Case.Types.Access.Unspecified)
        {
            await sessions.ChangeCaseAccessAsync(new() { Name = given.Name, Access = access }, cancellationToken: cancellationToken);
        }

        await Console.Out.WriteLineAsync($"Updated {given.Name}.");
        return (int)ExitCode.Done;
    }

    private static IEnumerable<string> MaskOf(ParseResult parse, Case given)
    {
        (string Field, bool IsGiven)[] fields =
        [
            ("title", given.Title.Length > 0),
            ("description", given.Description.Length > 0),
            ("priority", given.Priority != Case.Types.Priority.Unspecified),
            ("severity", given.Severity != Case.Types.Severity.Unspecified),
            ("tags", given.Tags.Count > 0),
            ("service", given.Service.Length > 0),
            ("links", given.Links.Count > 0),
        ];
        return fields.Where(item => item.IsGiven).Select(item => item.Field).Union(parse.GetValue(s_clear) ?? []);
    }
}
