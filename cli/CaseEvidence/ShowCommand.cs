using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence show EVIDENCE</c>: what is known of one piece of evidence, and who took it for what.</summary>
internal static class ShowCommand
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the evidence as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("show", "Show what evidence was taken for, why, and by whom.") { EvidenceArguments.Evidence, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var evidence = await new DataServiceClient(connection.Calls).GetEvidenceAsync(
            new() { Name = parse.GetRequiredValue(EvidenceArguments.Evidence) }, cancellationToken: cancellationToken);
        await WriteAsync(evidence, parse.GetValue(s_json), cancellationToken);
        return (int)ExitCode.Done;
    }

    /// <summary>Prints evidence for people, or as JSON.</summary>
    public static async Task WriteAsync(Evidence evidence, bool asJson, CancellationToken cancellationToken)
    {
        if (asJson)
        {
            await JsonOutput.WriteAsync(new([EvidenceDetailsJson.From(evidence)]), EvidenceJsonContext.Standard.EvidenceListJson, cancellationToken);
        }
        else
        {
            Print(evidence, new TextColumn(Consoles.Output()));
        }
    }

    private static void Print(Evidence evidence, TextColumn page)
    {
        page.Paragraph("", evidence.FileName, "bold");
        page.Paragraph("", $"{evidence.Name}, stored {evidence.CreateTime.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z, {evidence.SizeBytes} bytes{Origin(evidence)}", "dim");
        page.Paragraph("", EvidenceText.Classification(evidence), evidence.NeedsConfirmation ? "yellow" : "");

        if (evidence.StartTime is { } start && evidence.EndTime is { } end)
        {
            page.Paragraph("", $"from {start.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z to {end.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z");
        }

        page.Heading("Why");
        foreach (var reason in evidence.Reasons)
        {
            page.Paragraph("  • ", reason);
        }

        if (evidence.Alternatives.Count > 0)
        {
            page.Heading("Could also be");
            foreach (var other in evidence.Alternatives)
            {
                page.Paragraph("  • ", $"{EvidenceText.Type(other.Type)} ({EvidenceText.Percent(other.Confidence)})");
            }
        }

        page.Heading("Taken for");
        foreach (var decided in evidence.Classifications)
        {
            page.Paragraph($"  {decided.CreateTime.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z  ", $"{EvidenceText.Type(decided.Type)} ({EvidenceText.Percent(decided.Confidence)}), {By(decided)}", leadStyle: "dim");
        }

        if (evidence.Redactions.Count > 0)
        {
            page.Heading("Removed from it");
            page.Paragraph("  ", string.Join(", ", evidence.Redactions.OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Key} {kind.Value}×")));
        }
    }

    private static string Origin(Evidence evidence) => evidence.SourceArchive.Length > 0 ? $", from the archive {evidence.SourceArchive}" : "";

    private static string By(Classification decided)
    {
        var who = decided.Source switch
        {
            ClassificationSource.Upload => "said at upload",
            ClassificationSource.Override => "said afterwards",
            _ => "by its content",
        };

        return decided.RequestedBy.Length > 0 ? $"{who}, asked for by {decided.RequestedBy}" : who;
    }
}
