using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case members CASE</c>: who has which role in a case.</summary>
internal static class MembersCommand
{
    private const int RoleWidth = 14;

    private static readonly Option<bool> s_json = new("--json") { Description = "Print them as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("members", "Show who owns a case, who else may see it, and their roles.")
        {
            CaseArguments.Case, s_json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var sessions = new SessionServiceClient(connection.Calls);
        var found = await sessions.GetCaseAsync(new() { Name = name }, cancellationToken: cancellationToken);
        var shown = CaseJson.From(found);

        if (parse.GetValue(s_json))
        {
            var members = new CaseMembersJson(shown.Name, shown.Access, shown.Owner, shown.Members);
            await JsonOutput.WriteAsync(members, CaseJsonContext.Standard.CaseMembersJson, cancellationToken);
            return (int)ExitCode.Done;
        }

        var page = new TextColumn(Consoles.Output());
        if (shown.Owner.Length > 0)
        {
            page.Paragraph("owner".PadRight(RoleWidth), shown.Owner);
        }

        foreach (var member in shown.Members)
        {
            page.Paragraph(member.Role.PadRight(RoleWidth), member.Member);
        }

        if (CaseMemberArguments.AdviceFor(found) is { } advice)
        {
            await Console.Error.WriteLineAsync(advice);
        }

        return (int)ExitCode.Done;
    }
}
