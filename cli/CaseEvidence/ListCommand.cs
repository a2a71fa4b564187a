using System.CommandLine;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence list CASE</c>: the evidence of a case, oldest first, with its type.</summary>
internal static class ListCommand
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the evidence as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("list", "List the evidence of a case with its type.") { CaseArguments.Case, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var parent = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var data = new DataServiceClient(connection.Calls);
        var evidence = await CaseNames.EvidenceAsync(data, parent, cancellationToken).ToListAsync(cancellationToken);

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(
                new([.. evidence.Select(EvidenceDetailsJson.From)]), EvidenceJsonContext.Standard.EvidenceListJson, cancellationToken);
            return (int)ExitCode.Done;
        }

        if (evidence.Count == 0)
        {
            await Console.Error.WriteLineAsync($"{parent} has no evidence or does not exist.");
        }

        var page = new TextColumn(Consoles.Output());
        foreach (var item in evidence)
        {
            page.Paragraph("", $"{item.Name}  {item.FileName}", "bold");
            page.Paragraph("    ", EvidenceText.Classification(item), item.NeedsConfirmation ? "yellow" : "");
        }

        return (int)ExitCode.Done;
    }
}
