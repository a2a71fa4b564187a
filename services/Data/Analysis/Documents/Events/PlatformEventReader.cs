using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Events;

/// <summary>
/// Finds what a platform says happened to an instance:
/// <c>{"date": "2024-05-01T10:00:00Z", "message": "Failover completed", "source_identifier": "db-1", "event_categories": ["failover"]}</c>.
/// Meaning is taken from general wording, so that the events of any vendor are understood.
/// </summary>
internal sealed class PlatformEventReader : IDocumentReader
{
    private static readonly string[] s_messages = ["message", "description", "event_description", "detail", "summary", "text"];
    private static readonly string[] s_times =
        ["date", "time", "timestamp", "event_time", "created_at", "eventTimestamp", "start_time", "occurred_at"];
    private static readonly string[] s_sources =
        ["source_identifier", "sourceId", "source_arn", "resource", "resource_id", "resource_name", "instance", "identifier", "target",
        "source"];
    private static readonly string[] s_lists =
        ["events", "platform_events", "rds_events", "cloud_events", "service_events", "instance_events", "db_events"];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var events = new List<PlatformEvent>();
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryRead(node, name) is { } found)
            {
                events.Add(found);
                signals.Saw(found.Time);
            }
        }

        events.Sort((one, other) => one.Time.CompareTo(other.Time));
        foreach (var group in events.GroupBy(found => (found.Meaning.Kind, found.Source)))
        {
            Report([.. group], events, signals);
        }
    }

    private static PlatformEvent? TryRead(Node node, string name)
    {
        if (!node.IsMap || node.First(s_messages) is not { IsScalar: true } message
            || node.First("reason", "level", "status", "severity") is not null)
        {
            return null;
        }

        var categories = node.First("event_categories", "categories", "category", "event_type", "eventTypeCode", "type");
        var isEvent = Names.IsOneOf(name, s_lists) || node.First("event_categories", "source_identifier", "eventTypeCode") is not null;
        if (!isEvent || node.First(s_times) is not { IsScalar: true } time || Values.Time(time.Text) is not { } at)
        {
            return null;
        }

        var category = categories switch
        {
            { IsList: true } => string.Join(' ', categories.Items.Select(item => item.Text)),
            { IsScalar: true } => categories.Text,
            _ => "",
        };
        var source = node.TextOf(s_sources);
        return new PlatformEvent(node, message, at, source, PlatformPhrases.Of(message.Text, category));
    }

    /// <summary>One signal for all events of one kind from one source: a failover that began and was completed is one failover.</summary>
    private static void Report(IReadOnlyList<PlatformEvent> group, IReadOnlyList<PlatformEvent> all, SignalBuilder signals)
    {
        var latest = group[^1];
        var gravest = group.MaxBy(found => found.Meaning.Severity)!;
        var meaning = gravest.Meaning;
        var state = meaning.State;
        if (state == Proto.SignalState.Active
            && (latest.Meaning.Ends
                || all.Any(found => found.Time > latest.Time && found.Source == latest.Source && found.Meaning.EndsAlso(meaning.Kind))))
        {
            state = Proto.SignalState.Recovered;
        }

        var texts = group.Count <= 3 ? group : [group[0], gravest, latest];
        var told =
            string.Join("; ", texts.Distinct().Select(found => $"{found.Time:yyyy-MM-ddTHH:mm:ssZ}: {found.Message.Text.TrimEnd()}"));
        signals.Add(new SignalDraft(
            meaning.Kind, latest.Source.Length > 0 ? $"instance/{latest.Source}" : "platform", told,
            [.. group.OrderByDescending(found => found.Meaning.Severity).Take(8).Select(found => found.Place)])
        {
            Severity = meaning.Severity,
            State = state,
            Surprise = meaning.Severity >= Proto.Severity.Error ? 0.8 : 0.3,
            Start = group[0].Time,
            End = latest.Time,
            Attributes = [("message", gravest.Message.Text), ("instance", latest.Source), ("count", group.Count > 1 ? group.Count : null),
                .. group.Reverse().OrderByDescending(found => found == gravest).SelectMany(found => found.Meaning.Attributes)
                    .Where(attribute => attribute.Value is string { Length: > 0 }).DistinctBy(attribute => attribute.Name)],
        });
    }

    private sealed record PlatformEvent(Node Node, Node Message, DateTimeOffset Time, string Source, PlatformMeaning Meaning)
    {
        public LineRange? Place => new LineRange(Node.Line, Math.Min(Node.EndLine, Node.Line + 30), Message.Line);
    }
}
