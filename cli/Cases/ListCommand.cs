using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Session.V1;
using static FaultMaven.Protos.Session.V1.SessionService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case list</c>: the cases, newest first.</summary>
internal static class ListCommand
{
    private const int PageSize = 200;

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the cases as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("list", "List the cases, newest first.") { s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var cases = await ReadAllAsync(new SessionServiceClient(connection.Calls), cancellationToken);

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(new([.. cases.Select(CaseJson.From)]), CaseJsonContext.Standard.CaseListJson, cancellationToken);
            return (int)ExitCode.Done;
        }

        if (cases.Count == 0)
        {
            await Console.Error.WriteLineAsync("There are no cases yet; fm investigate opens one.");
        }

        var page = new TextColumn(Consoles.Output());
        foreach (var found in cases)
        {
            page.Paragraph($"{found.Name}  {found.CreateTime.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z  ", found.Title, leadStyle: "bold");
            if (found.Conclusion.Length > 0)
            {
                page.Paragraph("    ", found.Conclusion, "dim");
            }
        }

        return (int)ExitCode.Done;
    }

    private static async Task<List<Case>> ReadAllAsync(SessionServiceClient sessions, CancellationToken cancellationToken)
    {
        var cases = new List<Case>();
        var request = new ListCasesRequest { PageSize = PageSize };

        do
        {
            var response = await sessions.ListCasesAsync(request, cancellationToken: cancellationToken);
            cases.AddRange(response.Cases);
            request.PageToken = response.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return cases;
    }
}
