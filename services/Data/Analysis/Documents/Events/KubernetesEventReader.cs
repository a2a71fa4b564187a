using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Events;

/// <summary>Finds Kubernetes events, and says so when a list of warnings is empty.</summary>
internal sealed class KubernetesEventReader : IDocumentReader
{
    private static readonly string[] s_lists = ["warning_events", "warnings", "kubernetes_events", "k8s_events", "events"];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var grouped = new Dictionary<(string Kind, string Subject, string Reason), EventGroup>();
        var events = new List<KubernetesEvent>();
        Node? emptyList = null;
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (node.IsList && node.Items.Count == 0 && Names.IsOneOf(name, s_lists))
            {
                emptyList = node;
            }
            else if (KubernetesEvent.TryRead(node) is { } found)
            {
                events.Add(found);
                signals.Saw(found.First);
                signals.Saw(found.Last);
                foreach (var meaning in EventMeaning.AllOf(found))
                {
                    var key = (meaning.Kind, meaning.Subject, found.Reason);
                    var group = grouped.TryGetValue(key, out var known) ? known : grouped[key] = new EventGroup(meaning);
                    group.Add(found);
                }
            }
        }

        foreach (var ((kind, subject, _), group) in grouped)
        {
            signals.Add(group.ToFinding(kind, subject));
        }

        if ((events.Count > 0 || emptyList is not null) && !events.Exists(found => found.IsWarning))
        {
            signals.Add(new SignalDraft(
                "cluster.no_warnings", "cluster",
                events.Count == 0 ? "No warning events: the list of events is empty." : $"No warning events among {events.Count} events.",
                events.Count == 0 ? [emptyList] : [.. events.Take(4).Select(found => (LineRange?)found.Node)])
            {
                Severity = Proto.Severity.Info,
                State = Proto.SignalState.Normal,
                Surprise = 0.1,
            });
        }
    }

    /// <summary>Events of one reason about one object.</summary>
    private sealed class EventGroup(EventMeaning meaning)
    {
        private readonly List<KubernetesEvent> _events = [];

        public void Add(KubernetesEvent found) => _events.Add(found);

        public SignalDraft ToFinding(string kind, string subject)
        {
            var latest = _events.MaxBy(found => found.Last ?? found.First ?? DateTimeOffset.MinValue)!;
            var count = _events.Sum(found => (long)found.Count);
            var start = _events.Min(found => found.First ?? found.Last);
            var end = _events.Max(found => found.Last ?? found.First);
            var times = count > 1 ? $" {count} times" : "";
            var when = (start, end) switch
            {
                ({ } from, { } to) when from != to => $" between {from:yyyy-MM-ddTHH:mm:ssZ} and {to:yyyy-MM-ddTHH:mm:ssZ}",
                ({ } at, _) => $" at {at:yyyy-MM-ddTHH:mm:ssZ}",
                _ => "",
            };
            var ended = _events.Exists(found => EventPhrases.SaysItEnded(found.Message));
            var isOver = ended && meaning.State == Proto.SignalState.Active;
            return new SignalDraft(
                kind, subject, $"Event {latest.Reason} on {latest.Object}{times}{when}: {latest.Message}",
                [.. _events.OrderByDescending(found => found.Last ?? found.First).Take(4).SelectMany(found => found.Places)])
            {
                Severity = isOver && meaning.Severity > Proto.Severity.Warning ? Proto.Severity.Warning : meaning.Severity,
                State = isOver ? Proto.SignalState.Recovered : meaning.State,
                Surprise = meaning.Severity >= Proto.Severity.Error ? 0.7 : 0.4,
                Start = start,
                End = end,
                Attributes =
                [
                    ("reason", latest.Reason), ("message", latest.Message), ("count", count > 1 ? count : null), .. meaning.Attributes,
                    ("origin", "event"),
                ],
            };
        }
    }
}
