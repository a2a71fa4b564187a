using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>A timeline as <c>fm evidence timeline --json</c> prints it; every list of counts has one for each bucket.</summary>
internal sealed record TimelineJson(
    DateTimeOffset? StartTime,
    double BucketSeconds,
    int Buckets,
    long Entries,
    long Untimed,
    IReadOnlyList<LevelJson> Levels,
    int TemplateCount,
    IReadOnlyList<TemplateJson> Templates)
{
    public static TimelineJson From(EvidenceTimeline timeline) => new(
        timeline.StartTime?.ToDateTimeOffset(),
        timeline.BucketWidth?.ToTimeSpan().TotalSeconds ?? 0,
        timeline.BucketCount,
        timeline.EntryCount,
        timeline.UntimedCount,
        [.. timeline.Levels.Select(level => new LevelJson(JsonOutput.Name(level.Level), level.Count, [.. level.BucketCounts]))],
        timeline.TemplateCount,
        [.. timeline.Templates.Select(TemplateJson.From)]);
}

internal sealed record LevelJson(string Level, long Count, IReadOnlyList<long> BucketCounts);

internal sealed record TemplateJson(
    string Id,
    string Template,
    string Level,
    long Count,
    long BeforeIncident,
    bool IsNew,
    DateTimeOffset? FirstTime,
    DateTimeOffset? LastTime,
    string First,
    IReadOnlyList<long> BucketCounts)
{
    public static TemplateJson From(TemplateCounts template) => new(
        template.TemplateId,
        template.Template,
        JsonOutput.Name(template.Level),
        template.Count,
        template.CountBeforeIncident,
        template.IsNew,
        template.FirstTime?.ToDateTimeOffset(),
        template.LastTime?.ToDateTimeOffset(),
        template.First.Reference(),
        [.. template.BucketCounts]);
}
