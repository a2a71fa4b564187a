using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence timeline CASE</c>: the number of log entries over time, by level and by template.</summary>
internal static class TimelineCommand
{
    // The stream reports progress, and takes as long as there is text.
    private static readonly TimeSpan s_timeToRead = TimeSpan.FromDays(1);

    private const int Columns = 48;

    private static readonly Option<DateTimeOffset?> s_from = EvidenceArguments.Time("--from", "Only entries at this time or later");
    private static readonly Option<DateTimeOffset?> s_to = EvidenceArguments.Time("--to", "Only entries before this time");

    private static readonly Option<DateTimeOffset?> s_incident =
        EvidenceArguments.Time("--incident", "When the incident began; templates that changed then come first");

    private static readonly Option<TimeSpan?> s_bucket = new("--bucket")
    {
        Description = "The length of a bucket, such as 10s, 5m or 1h [default: chosen to give at most 48 buckets]",
        HelpName = "WIDTH",
        CustomParser = ParseWidth,
    };

    private static readonly Option<int> s_templates = new("--templates")
    {
        Description = "How many templates to show, at most 100",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the timeline as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("timeline", "Show the number of log entries over time, by level and by template.")
        {
            EvidenceArguments.CaseOrEvidence, s_from, s_to, s_incident, s_bucket, s_templates, s_json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var (parent, evidence) = await EvidenceArguments.FindAsync(connection.Calls, parse, cancellationToken);
        var request = new QueryEvidenceTimelineRequest
        {
            Parent = parent,
            Evidence = evidence,
            StartTime = parse.GetValue(s_from)?.ToTimestamp(),
            EndTime = parse.GetValue(s_to)?.ToTimestamp(),
            IncidentTime = parse.GetValue(s_incident)?.ToTimestamp(),
            BucketWidth = parse.GetValue(s_bucket)?.ToDuration(),
            MaxBuckets = Columns,
            MaxTemplates = parse.GetValue(s_templates),
        };

        using var call = new DataServiceClient(connection.Calls).QueryEvidenceTimeline(
            request, deadline: (time.GetUtcNow() + s_timeToRead).UtcDateTime, cancellationToken: cancellationToken);
        var timeline = (await call.ResponseStream.ReadAllAsync(cancellationToken).LastAsync(cancellationToken)).Timeline;

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(TimelineJson.From(timeline), EvidenceJsonContext.Standard.TimelineJson, cancellationToken);
        }
        else
        {
            new TimelineReport(new TextColumn(Consoles.Output())).Write(timeline, isAboutIncident: request.IncidentTime is not null);
        }

        return (int)ExitCode.Done;
    }

    private static TimeSpan? ParseWidth(ArgumentResult result)
    {
        var given = result.Tokens[0].Value;
        var digits = given.TakeWhile(character => char.IsAsciiDigit(character) || character == '.').Count();
        TimeSpan? unit = given[digits..] switch
        {
            "ms" => TimeSpan.FromMilliseconds(1),
            "s" => TimeSpan.FromSeconds(1),
            "m" => TimeSpan.FromMinutes(1),
            "h" => TimeSpan.FromHours(1),
            "d" => TimeSpan.FromDays(1),
            _ => null,
        };

        if (unit is { } known
            && double.TryParse(given[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and < 1_000_000)
        {
            return count * known;
        }

        result.AddError($"--bucket needs a length of time such as 10s, 5m or 1h, not '{given}'.");
        return null;
    }
}
