using FaultMaven.Data.Analysis.Templates;
using FaultMaven.Data.Sources;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Query.Timelines;

internal static class TimelineMapping
{
    private const int MaxTemplateLength = 2_048;

    public static Proto.EvidenceTimeline ToProto(this TimelineCount count)
    {
        var templates = count.Templates();
        var response = new Proto.EvidenceTimeline
        {
            BucketCount = count.Buckets.Count,
            TemplateCount = templates.Count,
            EntryCount = count.Entries,
            UntimedCount = count.Untimed,
        };

        if (count.Buckets.Count > 0)
        {
            response.StartTime = count.Buckets.Start.ToTimestamp();
            response.BucketWidth = count.Buckets.Width.ToDuration();
        }

        foreach (var level in System.Enum.GetValues<Proto.EntryLevel>().Where(level => count.TotalOf(level) > 0).OrderDescending())
        {
            response.Levels.Add(new Proto.LevelCounts { Level = (Proto.EntryLevel)level, Count = count.TotalOf(level),
                BucketCounts = { count.CountsOf(level) } });
        }

        var listed = templates
            .Select(pair => (Template: ToProto(pair.Template, pair.Shapes, count), pair.Shapes))
            .OrderByDescending(pair => count.Query.IncidentTime is null ? 0 : Change(pair.Template, count))
            .ThenByDescending(pair => pair.Template.Count)
            .ThenBy(pair => pair.Template.TemplateId, StringComparer.Ordinal)
            .Take(count.Query.MaxTemplates);

        foreach (var (template, shapes) in listed)
        {
            template.BucketCounts.Add(Spread(shapes, count.Buckets));
            response.Templates.Add(template);
        }

        return response;
    }

    private static Proto.TemplateCounts ToProto(Template template, IReadOnlyList<ShapeCount> shapes, TimelineCount count)
    {
        var before = shapes.Sum(shape => shape.BeforeIncident);

        return new Proto.TemplateCounts
        {
            Template = template.Text.CutTo(MaxTemplateLength),
            TemplateId = template.Key,
            Level = (Proto.EntryLevel)shapes.Max(shape => shape.Level),
            Count = shapes.Sum(shape => shape.Count),
            FirstTime = shapes.Min(shape => shape.FirstTime)?.ToTimestamp(),
            LastTime = shapes.Max(shape => shape.LastTime)?.ToTimestamp(),
            First = shapes[0].First,
            CountBeforeIncident = before,
            IsNew = before == 0 && count.BeforeIncident > 0,
        };
    }

    private static long[] Spread(IReadOnlyList<ShapeCount> shapes, TimelineBuckets buckets)
    {
        var counts = new long[buckets.Count];

        foreach (var (bucket, count) in shapes.SelectMany(shape => shape.Cells))
        {
            counts[bucket] += count;
        }

        return counts;
    }

    /// <summary>
    /// How far the share of a template after the incident is from its share before, in standard deviations of the counts.
    /// </summary>
    private static double Change(Proto.TemplateCounts template, TimelineCount count)
    {
        var all = count.Entries - count.Untimed;
        var expected = all == 0 ? 0 : template.Count * (double)count.BeforeIncident / all;

        return Math.Abs(template.CountBeforeIncident - expected) / Math.Sqrt(Math.Max(1, expected));
    }
}
