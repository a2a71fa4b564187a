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

/// <summary><c>fm case show NAME</c>: a case, its evidence, and the report of its last completed turn.</summary>
internal static class ShowCommand
{
    private static readonly Argument<string> s_name = new("name")
    {
        Description = "The case, as fm case list prints it: cases/… or what follows the slash",
        HelpName = "NAME",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the case as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("show", "Show a case, its evidence and its last report.") { s_name, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var name = CaseNames.Of(parse.GetRequiredValue(s_name));

        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var found = await new SessionServiceClient(connection.Calls).GetCaseAsync(new() { Name = name }, cancellationToken: cancellationToken);
        var evidence = await EvidenceList.ReadAllAsync(new DataServiceClient(connection.Calls), name, cancellationToken);
        var investigation = found.LastTurn.Length > 0 ? await ReplayAsync(connection.Calls, found, evidence, cancellationToken) : null;

        if (parse.GetValue(s_json))
        {
            var details = new CaseDetailsJson(CaseJson.From(found), [.. evidence.Select(item => item.ToJson())], investigation?.ToJson());
            await JsonOutput.WriteAsync(details, CaseJsonContext.Standard.CaseDetailsJson, cancellationToken);
        }
        else
        {
            Print(found, evidence, investigation);
        }

        return (int)ExitCode.Done;
    }

    // The events of a turn that has ended are sent again from the first, and hold its phases as well as its answer.
    private static async Task<Investigation> ReplayAsync(
        CallInvoker calls, Case found, IReadOnlyList<Evidence> evidence, CancellationToken cancellationToken)
    {
        var watch = new TurnWatch(new AgentServiceClient(calls), ProgressDisplay.None);
        var answer = await watch.ToAnswerAsync(found.LastTurn, cancellationToken);
        return new(found.Name, found.LastTurn, watch.Phases, answer, evidence);
    }

    private static void Print(Case found, List<Evidence> evidence, Investigation? investigation)
    {
        var page = new TextColumn(Consoles.Output());

        page.Paragraph("", found.Title, "bold");
        page.Paragraph("", $"{found.Name}, {JsonOutput.Name(found.State)}, opened {found.CreateTime.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z", "dim");

        page.Heading("Evidence");
        foreach (var item in evidence)
        {
            page.Paragraph("  ", $"{item.FileName}: {JsonOutput.Name(item.Type)}, {item.LineCount} lines, {item.SignalCount} signals ({item.Name})");
        }

        page.Blank();
        if (investigation is null)
        {
            page.Paragraph("", "No investigation of it has been completed.", "yellow");
        }
        else
        {
            new InvestigationReport(page).Write(investigation);
        }
    }
}
