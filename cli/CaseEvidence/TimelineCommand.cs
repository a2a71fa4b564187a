using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence timeline CASE</c>: how many log entries there were when, by level and by template.</summary>
internal static class TimelineCommand
{
    // The stream reports progress, and takes as long as there is text.
    private static readonly TimeSpan s_timeToRead = TimeSpan.FromDays(1);

    private const int Columns = 48;

    private static readonly Argument<string> s_what = new("case")
    {
        Description = "A case, or one piece of its evidence: cases/…/evidence/…",
        HelpName = "CASE",
    };

    private static readonly Option<DateTimeOffset?> s_from = Time("--from", "Only entries at this time or later");
    private static readonly Option<DateTimeOffset?> s_to = Time("--to", "Only entries before this time");
    private static readonly Option<DateTimeOffset?> s_incident = Time("--incident", "When the incident began: templates that changed with it come first");

    private static readonly Option<TimeSpan?> s_bucket = new("--bucket")
    {
        Description = "How long a bucket is, such as 10s, 5m or 1h [default: chosen to give at most 48 buckets]",
        HelpName = "WIDTH",
        CustomParser = ParseWidth,
    };

    private static readonly Option<int> s_templates = new("--templates") { Description = "How many templates to show, at most 100 [default: 10]", HelpName = "N" };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the time line as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("timeline", "Show how many log entries there were when, by level and by template.") { s_what, s_from, s_to, s_incident, s_bucket, s_templates, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var what = CaseNames.Of(parse.GetRequiredValue(s_what));
        var request = new QueryEvidenceTimelineRequest
        {
            Parent = string.Join('/', what.Split('/').Take(2)),
            Evidence = what.Contains("/evidence/", StringComparison.Ordinal) ? what : "",
            StartTime = parse.GetValue(s_from)?.ToTimestamp(),
            EndTime = parse.GetValue(s_to)?.ToTimestamp(),
            IncidentTime = parse.GetValue(s_incident)?.ToTimestamp(),
            BucketWidth = parse.GetValue(s_bucket)?.ToDuration(),
            MaxBuckets = Columns,
            MaxTemplates = parse.GetValue(s_templates),
        };

        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
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

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = $"{description}, such as 2026-03-11T14:00Z; UTC unless it says otherwise",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name} wants a time such as 2026-03-11T14:00Z, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };

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

        if (unit is { } known && double.TryParse(given[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count is > 0 and < 1_000_000)
        {
            return count * known;
        }

        result.AddError($"--bucket wants a length of time such as 10s, 5m or 1h, not '{given}'.");
        return null;
    }
}
