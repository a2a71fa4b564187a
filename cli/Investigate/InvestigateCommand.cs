using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Reports;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Reports;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;
using static FaultMaven.Protos.Session.V1.SessionService;
using Kind = FaultMaven.Protos.Agent.V1.Report.Types.Kind;

namespace FaultMaven.Cli.Investigate;

/// <summary><c>fm investigate PATH...</c>: evidence into a new case, one turn over it, a report.</summary>
internal static class InvestigateCommand
{
    private static readonly Argument<string[]> s_paths = new("path")
    {
        Description = "Files and folders with evidence: logs, metrics, Kubernetes objects, configs, alerts; - for standard input",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string> s_question = new("--question")
    {
        Description = "Your question [default: What is the root cause?]",
        HelpName = "TEXT",
    };

    private static readonly Option<string?> s_html = new("--html")
    {
        Description = "Also write the incident report to this file: one HTML file to send on, with placeholders for what was redacted",
        HelpName = "FILE",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("investigate", "Investigate an incident from its evidence and report the cause, with citations.")
        {
            s_paths,
            s_question,
            s_html,
            InvestigationOutput.Json,
            InvestigationOutput.All,
            InvestigationOutput.Redacted,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var files = EvidenceFile.Collect(parse.GetRequiredValue(s_paths));
        Investigation? investigation = null;
        Report? report = null;
        if (parse.GetValue(s_html) is { } target)
        {
            ReportFile.EnsureWritable(target);
        }

        await ProgressDisplay.RunAsync("Starting", async display =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            var question = parse.GetValue(s_question) ?? "";
            investigation = await InvestigateAsync(connection.Calls, files, question, display, time, cancellationToken);
            report = parse.GetValue(s_html) is null ? null
                : await ReportFile.CreateAsync(connection, investigation.Case, Kind.Incident, time, cancellationToken);
            if (!parse.GetValue(InvestigationOutput.Redacted))
            {
                await AddressRestoration.RestoreAsync(connection, investigation, cancellationToken);
            }
        });

        await InvestigationOutput.WriteAsync(parse, investigation!, cancellationToken);
        if (report is not null)
        {
            var document = ReportDocument.Of(report, ReportFormat.Html);
            await ReportFile.WriteAsync(document, parse.GetValue(s_html)!, cancellationToken);
        }

        return (int)ExitCode.Done;
    }

    private static async Task<Investigation> InvestigateAsync(
        CallInvoker calls,
        IReadOnlyList<EvidenceFile> files,
        string question,
        IProgressDisplay display,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        var upload = new EvidenceUpload(new DataServiceClient(calls), display, OpenCaseAsync);
        var (caseName, evidence) = await upload.RunAsync(files, cancellationToken);
        return await CaseQuestion.AskAsync(calls, caseName, question, evidence, display, time, cancellationToken);

        async Task<string> OpenCaseAsync()
        {
            var created = await new SessionServiceClient(calls).CreateCaseAsync(
                new() { Title = TitleOf(files, question), RequestId = $"{Guid.NewGuid():N}" }, cancellationToken: cancellationToken);
            display.Print($"[dim]Case {created.Name}[/]");
            return created.Name;
        }
    }

    private static string TitleOf(IReadOnlyList<EvidenceFile> files, string question) =>
        question.Length > 0 ? question
        : files.Select(FolderOf).Distinct().Take(2).ToList() is [{ Length: > 0 } folder] && files.Count > 1 ? $"Investigation of {folder}"
        : files.Count > 1 ? $"Investigation of {files[0].FileName} and {files.Count - 1} more"
        : $"Investigation of {files[0].FileName}";

    // The name of the folder that was given, or of one below it if only that contains files.
    private static string FolderOf(EvidenceFile file) => Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(file.Path))) ?? "";
}
