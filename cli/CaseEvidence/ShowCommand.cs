using System.CommandLine;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence show EVIDENCE</c>: one piece of evidence, and how its type was decided.</summary>
internal static class ShowCommand
{
    private static readonly Option<bool> s_json = new("--json") { Description = "Print the evidence as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("show", "Show evidence, its type, and how the type was decided.") { EvidenceArguments.Evidence, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var given = parse.GetRequiredValue(EvidenceArguments.Evidence);
        var name = await CaseNames.FindEvidenceAsync(connection.Calls, given, cancellationToken);
        var data = new DataServiceClient(connection.Calls);
        var evidence = await data.GetEvidenceAsync(new() { Name = name }, cancellationToken: cancellationToken);
        await WriteAsync(evidence, parse.GetValue(s_json), cancellationToken);
        return (int)ExitCode.Done;
    }

    /// <summary>Prints evidence for people, or as JSON.</summary>
    public static async Task WriteAsync(Evidence evidence, bool asJson, CancellationToken cancellationToken)
    {
        if (asJson)
        {
            await JsonOutput.WriteAsync(
                new([EvidenceDetailsJson.From(evidence)]), EvidenceJsonContext.Standard.EvidenceListJson, cancellationToken);
        }
        else
        {
            Print(evidence, new TextColumn(Consoles.Output()));
        }
    }

    private static void Print(Evidence evidence, TextColumn page)
    {
        page.Paragraph("", evidence.FileName, "bold");
        var stored = $"stored {evidence.CreateTime.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z";
        page.Paragraph("", $"{evidence.Name}, {stored}, {Counted.Of(evidence.SizeBytes, "byte")}{Origin(evidence)}", "dim");
        page.Paragraph("", EvidenceText.Classification(evidence), evidence.NeedsConfirmation ? "yellow" : "");

        if (evidence.StartTime is { } start && evidence.EndTime is { } end)
        {
            page.Paragraph("", $"from {start.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z to {end.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z");
        }

        page.Heading("Reasons for this type");
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

        page.Heading("Decisions");
        foreach (var decided in evidence.Classifications)
        {
            page.Paragraph(
                $"  {decided.CreateTime.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z  ",
                $"{EvidenceText.Type(decided.Type)} ({EvidenceText.Percent(decided.Confidence)}), {By(decided)}",
                leadStyle: "dim");
        }

        if (evidence.Redactions.Count > 0)
        {
            page.Heading("Redacted");
            var counts = evidence.Redactions.OrderByDescending(kind => kind.Value).Select(kind => $"{kind.Key} {kind.Value}×");
            page.Paragraph("  ", string.Join(", ", counts));
        }
    }

    private static string Origin(Evidence evidence) =>
        evidence.SourceArchive.Length > 0 ? $", from the archive {evidence.SourceArchive}" : "";

    private static string By(Classification decided)
    {
        var who = decided.Source switch
        {
            ClassificationSource.Upload => "set at upload",
            ClassificationSource.Override => "set later",
            _ => "detected",
        };

        return decided.RequestedBy.Length > 0 ? $"{who}, requested by {decided.RequestedBy}" : who;
    }
}
