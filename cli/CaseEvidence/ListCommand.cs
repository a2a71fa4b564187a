using System.CommandLine;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence list CASE</c>: the evidence of a case, oldest first, and what it was taken for.</summary>
internal static class ListCommand
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the evidence as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("list", "List the evidence of a case, and what it was taken for.") { EvidenceArguments.Case, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var parent = CaseNames.Of(parse.GetRequiredValue(EvidenceArguments.Case));
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var evidence = await EvidenceList.ReadAllAsync(new DataServiceClient(connection.Calls), parent, cancellationToken);

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(new([.. evidence.Select(EvidenceDetailsJson.From)]), EvidenceJsonContext.Standard.EvidenceListJson, cancellationToken);
            return (int)ExitCode.Done;
        }

        if (evidence.Count == 0)
        {
            await Console.Error.WriteLineAsync($"{parent} has no evidence, or is no case.");
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
