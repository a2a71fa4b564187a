using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case list</c>: the cases, newest first.</summary>
internal static class ListCommand
{
    private const string Open = "open";
    private const string Closed = "closed";

    // The longest is "investigating".
    private const int StateWidth = 15;

    private static readonly Option<int> s_limit = new("--limit")
    {
        Description = "The most cases to list; 0 for all",
        HelpName = "N",
        DefaultValueFactory = _ => 50,
    };

    private static readonly Option<string?> s_state = new Option<string?>("--state")
    {
        Description = "Only open or only closed cases",
        HelpName = "STATE",
    }.AcceptOnlyFromAmong(Open, Closed);

    private static readonly Option<string?> s_filter = new("--filter")
    {
        Description = "Only cases that match, such as 'title:checkout AND create_time > \"2026-03-01T00:00:00Z\"'",
        HelpName = "FILTER",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the cases as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("list", "List cases, newest first.") { s_limit, s_state, s_filter, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var limit = parse.GetValue(s_limit) is > 0 and var most ? most : int.MaxValue;
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var sessions = new SessionServiceClient(connection.Calls);
        var request = new ListCasesRequest { Filter = FilterOf(parse) };
        var cases = new List<Case>();
        var isCut = false;

        await foreach (var found in CaseNames.CasesAsync(sessions, request, cancellationToken))
        {
            if (cases.Count == limit)
            {
                isCut = true;
                break;
            }

            cases.Add(found);
        }

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(new([.. cases.Select(CaseJson.From)]), CaseJsonContext.Standard.CaseListJson, cancellationToken);
        }
        else
        {
            Print(cases);
        }

        if (cases.Count == 0)
        {
            await Console.Error.WriteLineAsync("No cases; fm investigate opens one.");
        }
        else if (isCut)
        {
            await Console.Error.WriteLineAsync($"The newest {cases.Count} cases; --limit 0 lists all.");
        }

        return (int)ExitCode.Done;
    }

    private static string FilterOf(ParseResult parse)
    {
        string[] conditions =
        [
            parse.GetValue(s_state) is { } state ? $"state {(state == Closed ? "=" : "!=")} CLOSED" : "",
            parse.GetValue(s_filter) is { Length: > 0 } filter ? $"({filter})" : "",
        ];
        return string.Join(" AND ", conditions.Where(condition => condition.Length > 0));
    }

    private static void Print(List<Case> cases)
    {
        var page = new TextColumn(Consoles.Output());
        foreach (var found in cases)
        {
            var state = JsonOutput.Name(found.State).PadRight(StateWidth);
            var time = found.CreateTime.ToDateTimeOffset();
            page.Paragraph($"{found.Name}  {time:yyyy-MM-dd HH:mm}Z  {state}", found.Title, leadStyle: "bold");
            if (found.Conclusion.Length > 0)
            {
                page.Paragraph("    ", found.Conclusion, "dim");
            }
        }
    }
}
