using System.CommandLine;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Reports;
using Kind = FaultMaven.Protos.Agent.V1.Report.Types.Kind;

namespace FaultMaven.Cli.Reports;

/// <summary><c>fm report CASE</c>: a report of a case, to read or to send on.</summary>
internal static class ReportCommand
{
    private static readonly Dictionary<string, ReportFormat> s_formats = new(StringComparer.Ordinal)
    {
        ["md"] = ReportFormat.Markdown,
        ["json"] = ReportFormat.Json,
        ["html"] = ReportFormat.Html,
    };

    private static readonly Option<string> s_kind = new Option<string>("--kind", "-k")
    {
        Description = "The kind: incident, postmortem, runbook, closure or timeline",
        HelpName = "KIND",
        DefaultValueFactory = _ => "incident",
    }.AcceptOnlyFromAmong([.. Kinds().Select(JsonOutput.Name)]);

    private static readonly Option<string?> s_format = new Option<string?>("--format", "-f")
    {
        Description = "The form: md, json or html [default: by the ending of FILE, else md]",
        HelpName = "FORM",
    }.AcceptOnlyFromAmong([.. s_formats.Keys]);

    private static readonly Option<string?> s_html = new("--html")
    {
        Description = "Write one HTML file to send on: it needs nothing else and makes no request",
        HelpName = "FILE",
    };

    private static readonly Option<string?> s_output = new("--output", "-o")
    {
        Description = "Write to this file instead of standard output",
        HelpName = "FILE",
    };

    private static readonly Option<int?> s_version = new("--version-number")
    {
        Description = "Print this version of the kind as it was made, instead of making the next",
        HelpName = "N",
    };

    private static readonly Option<bool> s_restore = new("--restore")
    {
        Description = "Put addresses and host names back, for callers who may; secrets and personal data stay placeholders",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command(
            "report",
            "Make a report of a case: every statement names its evidence. Each run keeps the next version with the case.")
        {
            CaseArguments.Case, s_kind, s_format, s_html, s_output, s_version, s_restore,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(s_html) is not null && (result.GetValue(s_output) is not null || result.GetValue(s_format) is not null))
            {
                result.AddError("--html says both the form and the file; leave out --format and --output.");
            }
        });
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static IEnumerable<Kind> Kinds() => Enum.GetValues<Kind>().Where(kind => kind != Kind.Unspecified);

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var file = parse.GetValue(s_html) ?? parse.GetValue(s_output);
        if (file is not null)
        {
            ReportFile.EnsureWritable(file);
        }

        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var kind = Kinds().Single(kind => JsonOutput.Name(kind) == parse.GetRequiredValue(s_kind));
        var report = parse.GetValue(s_version) is { } version
            ? await FindAsync(connection, name, kind, version, cancellationToken)
            : await ReportFile.CreateAsync(connection, name, kind, time, cancellationToken);
        if (parse.GetValue(s_restore)
            && !await AddressRestoration.RestoreAsync(connection, name, [report], cancellationToken))
        {
            throw new CommandFailedException(
                ExitCode.Refused, "You may not restore redacted values; leave out --restore, or ask an administrator for the report.");
        }

        var document = ReportDocument.Of(report, FormatOf(parse, file));
        if (file is null)
        {
            await using var output = Console.OpenStandardOutput();
            await output.WriteAsync(document.ToBytes(), cancellationToken);
        }
        else
        {
            await ReportFile.WriteAsync(document, file, cancellationToken);
        }

        return (int)ExitCode.Done;
    }

    private static ReportFormat FormatOf(ParseResult parse, string? file) =>
        parse.GetValue(s_html) is not null ? ReportFormat.Html
        : parse.GetValue(s_format) is { } given ? s_formats[given]
        : Path.GetExtension(file ?? "").ToLowerInvariant() switch
        {
            ".html" or ".htm" => ReportFormat.Html,
            ".json" => ReportFormat.Json,
            _ => ReportFormat.Markdown,
        };

    private static async Task<Report> FindAsync(
        Connection connection, string caseName, Kind kind, int version, CancellationToken cancellationToken)
    {
        var request = new ListReportsRequest { Parent = caseName };
        var versions = 0;
        do
        {
            var page = await connection.Client.Agent.ListReportsAsync(request, cancellationToken: cancellationToken);
            if (page.Reports.FirstOrDefault(report => report.Kind == kind && report.Version == version) is { } found)
            {
                return await connection.Client.Agent.GetReportAsync(new() { Name = found.Name }, cancellationToken: cancellationToken);
            }

            versions += page.Reports.Count(report => report.Kind == kind);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        var name = JsonOutput.Name(kind);
        throw new CommandFailedException(ExitCode.Refused, versions == 0
            ? $"{caseName} has no {name} report yet; leave out --version-number to make one."
            : $"{caseName} has no version {version} of its {name} report; the last is {versions}.");
    }
}
