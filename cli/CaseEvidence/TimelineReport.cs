using System.Globalization;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.Collections;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>A timeline as people read it: a row of bars for each level and for each template.</summary>
internal sealed class TimelineReport(TextColumn page)
{
    private const int MaxTemplateLength = 160;
    private const int CountWidth = 9;
    private const int NameWidth = 11;

    // A row with more bars than a terminal has columns wraps and cannot be read.
    private const int MaxBars = 100;

    public void Write(EvidenceTimeline timeline, bool isAboutIncident)
    {
        page.Paragraph("", Summary(timeline), "bold");

        if (timeline.EntryCount == 0)
        {
            return;
        }

        page.Blank();
        foreach (var level in timeline.Levels)
        {
            page.Paragraph(Lead(level.Level, level.Count), Bars(level.BucketCounts), Style(level.Level));
        }

        var templates = Counted.Of(timeline.TemplateCount, "template");
        page.Heading(isAboutIncident ? $"{templates}, those that changed most" : $"{templates}, the most frequent");
        foreach (var template in timeline.Templates)
        {
            page.Paragraph(Lead(template.Level, template.Count), Bars(template.BucketCounts), Style(template.Level));
            page.Paragraph(
                new string(' ', NameWidth + CountWidth + 2),
                $"{Cut(template.Template)}  {EvidencePlaces.Of([template.First])}{Incident(template, isAboutIncident)}");
        }
    }

    private static string Summary(EvidenceTimeline timeline) => timeline switch
    {
        { EntryCount: 0 } => "No log entries.",
        { BucketCount: 0 } => $"{Counted.Of(timeline.EntryCount, "entry", "entries")}, none with a timestamp.",
        _ => $"{Counted.Of(timeline.EntryCount, "entry", "entries")}{Untimed(timeline)} "
            + $"from {timeline.StartTime.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss}Z on, "
            + $"{timeline.BucketCount} × {Width(timeline.BucketWidth.ToTimeSpan())}",
    };

    private static string Untimed(EvidenceTimeline timeline) =>
        timeline.UntimedCount > 0 ? $" ({timeline.UntimedCount} without a timestamp)" : "";

    private static string Bars(RepeatedField<long> counts) =>
        counts.Count > MaxBars ? "(too many buckets to draw; see --json)" : Sparkline.Of(counts);

    private static string Incident(TemplateCounts template, bool isAboutIncident) => (isAboutIncident, template.IsNew) switch
    {
        (false, _) => "",
        (_, true) => ", new since the incident",
        _ => string.Create(CultureInfo.InvariantCulture, $", {template.CountBeforeIncident} before the incident"),
    };

    private static string Level(EntryLevel level) => level == EntryLevel.Unspecified ? "no level" : JsonOutput.Name(level);

    private static string Style(EntryLevel level) => level switch
    {
        EntryLevel.Critical or EntryLevel.Error => "red",
        EntryLevel.Warning => "yellow",
        _ => "",
    };

    private static string Lead(EntryLevel level, long count) =>
        $"{Level(level).PadRight(NameWidth)}{count.ToString(CultureInfo.InvariantCulture).PadLeft(CountWidth)}  ";

    private static string Cut(string template) => template.Length > MaxTemplateLength ? $"{template[..MaxTemplateLength]}…" : template;

    private static string Width(TimeSpan width) => width switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{width.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{width.TotalSeconds:0.###} s"),
        { TotalHours: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{width.TotalMinutes:0.##} min"),
        { TotalDays: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{width.TotalHours:0.##} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{width.TotalDays:0.##} d"),
    };
}
