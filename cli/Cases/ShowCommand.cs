using System.CommandLine;
using FaultMaven.Cli.CaseEvidence;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Grpc.Core;
using static FaultMaven.Protos.Agent.V1.AgentService;
using static FaultMaven.Protos.Data.V1.DataService;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case show CASE</c>: a case, its evidence, and the report of its last completed turn.</summary>
internal static class ShowCommand
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the case as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("show", "Show a case, its evidence and its last report.")
        {
            CaseArguments.Case,
            s_json,
            InvestigationOutput.All,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var sessions = new SessionServiceClient(connection.Calls);
        var data = new DataServiceClient(connection.Calls);
        var found = await sessions.GetCaseAsync(new() { Name = name }, cancellationToken: cancellationToken);
        var evidence = await CaseNames.EvidenceAsync(data, name, cancellationToken).ToListAsync(cancellationToken);
        var investigation = found.LastTurn.Length > 0 ? await ReplayAsync(connection.Calls, found, evidence, cancellationToken) : null;

        if (parse.GetValue(s_json))
        {
            var details = new CaseDetailsJson(CaseJson.From(found), [.. evidence.Select(item => item.ToJson())], investigation?.ToJson());
            await JsonOutput.WriteAsync(details, CaseJsonContext.Standard.CaseDetailsJson, cancellationToken);
        }
        else
        {
            Print(parse, found, evidence, investigation);
        }

        return (int)ExitCode.Done;
    }

    // A watch of a completed turn replays its events from the first: the phases as well as the answer.
    private static async Task<Investigation> ReplayAsync(
        CallInvoker calls, Case found, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        var watch = new TurnWatch(new AgentServiceClient(calls), ProgressDisplay.None);
        var answer = await watch.ToAnswerAsync(found.LastTurn, cancellationToken);
        return new(found.Name, found.LastTurn, watch.Phases, answer, evidence);
    }

    private static void PrintDetails(TextColumn page, CaseJson details)
    {
        (string Name, string Value)[] lines =
        [
            ("Owner", details.Owner),
            ("Members", string.Join(", ", details.Members.Select(member => $"{member.Member} ({member.Role})"))),
            ("Access", details.Access == "members" ? "its owner and members alone" : ""),
            ("Priority", details.Priority),
            ("Severity", details.Severity),
            ("Service", details.Service),
            ("Tags", string.Join(", ", details.Tags)),
            ("Links", string.Join(", ", details.Links.Select(link => $"{link.Relation} {link.Case}"))),
            ("Closed as", details.Resolution),
            ("Description", details.Description),
        ];
        foreach (var (name, value) in lines.Where(line => line.Value.Length > 0))
        {
            page.Paragraph($"{name}: ", value);
        }
    }

    private static void Print(ParseResult parse, Case found, List<Evidence> evidence, Investigation? investigation)
    {
        var page = new TextColumn(Consoles.Output());

        page.Paragraph("", found.Title, "bold");
        var opened = found.CreateTime.ToDateTimeOffset();
        page.Paragraph("", $"{found.Name}, {JsonOutput.Name(found.State)}, opened {opened:yyyy-MM-dd HH:mm}Z", "dim");

        PrintDetails(page, CaseJson.From(found));
        page.Heading("Evidence");
        foreach (var item in evidence)
        {
            page.Paragraph("  ", $"{item.FileName}: {JsonOutput.Name(item.Type)}, {EvidenceText.Size(item)} ({item.Name})");
        }

        page.Blank();
        if (investigation is null)
        {
            page.Paragraph("", "No turn has been completed.", "yellow");
        }
        else
        {
            new InvestigationReport(page, new NextCommand(parse)).Write(investigation, parse.GetValue(InvestigationOutput.All));
        }
    }
}
