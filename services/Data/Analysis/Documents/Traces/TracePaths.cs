using System.Globalization;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Traces;

/// <summary>Tells which chain of spans decides how long the slowest traces take, and which services call which.</summary>
internal static class TracePaths
{
    private const double SlowMilliseconds = 500;
    private const int MaxTraces = 3;
    private const int MaxLength = 30;
    private const int MaxCalls = 12;

    public static void Report(IReadOnlyList<Span> spans, SignalBuilder signals)
    {
        ReportCalls(spans, signals);
        foreach (var trace in spans.GroupBy(span => span.Trace).Where(trace => trace.Count() > 1)
            .OrderByDescending(trace => trace.Max(span => span.Milliseconds)).Take(MaxTraces))
        {
            var ids = trace.Select(span => span.Id).ToHashSet(StringComparer.Ordinal);
            var root = trace.Where(span => !ids.Contains(span.Parent)).MaxBy(span => span.Milliseconds);
            if (root is not null && root.Milliseconds >= SlowMilliseconds)
            {
                ReportPath(PathFrom(root, trace.ToLookup(span => span.Parent)), signals);
            }
        }
    }

    /// <summary>From a span on to the one below it that ends last, for that is what it waits for.</summary>
    private static List<Span> PathFrom(Span root, ILookup<string, Span> children)
    {
        var path = new List<Span> { root };
        while (path.Count < MaxLength && children[path[^1].Id].Where(span => !path.Contains(span)).MaxBy(EndOf) is { } next)
        {
            path.Add(next);
        }

        return path;
    }

    private static double EndOf(Span span) => (span.Start?.ToUnixTimeMilliseconds() ?? 0) + span.Milliseconds;

    private static void ReportPath(List<Span> path, SignalBuilder signals)
    {
        var root = path[0];
        var steps = path.ConvertAll(span => $"{span.Title} {Text(span.Milliseconds)} ms");
        signals.Add(new SignalDraft("trace.critical_path", root.Subject,
            $"The critical path of {root.Title} ({Text(root.Milliseconds)} ms) is {string.Join(" → ", steps)}.",
            [.. path.Take(8).SelectMany(span => span.SlowPlaces.Take(2))])
        {
            Severity = Proto.Severity.Info,
            Surprise = 0.3,
            Start = root.Start,
            Attributes =
                [("operation", root.Operation), ("service", root.Service), ("ms", Text(root.Milliseconds)),
                ("path", string.Join(" → ", path.Select(span => span.Title)))],
        });
    }

    /// <summary>Which services call which, by the spans that show it, the most frequent first.</summary>
    public static IEnumerable<IGrouping<(string From, string To), Span>> CallsOf(IReadOnlyList<Span> spans)
    {
        var byId = new Dictionary<(string Trace, string Id), Span>();
        foreach (var span in spans)
        {
            byId.TryAdd((span.Trace, span.Id), span);
        }

        return spans
            .Where(span => span.Service.Length > 0 && byId.TryGetValue((span.Trace, span.Parent), out var caller)
                && caller.Service.Length > 0 && caller.Service != span.Service)
            .GroupBy(span => (From: byId[(span.Trace, span.Parent)].Service, To: span.Service))
            .OrderByDescending(group => group.Count());
    }

    private static void ReportCalls(IReadOnlyList<Span> spans, SignalBuilder signals)
    {
        var calls = CallsOf(spans).Take(MaxCalls).ToList();
        if (calls.Count > 0)
        {
            var told = calls.Select(call => $"{call.Key.From} → {call.Key.To} ({call.Count()})");
            signals.Add(new SignalDraft("trace.service_graph", "trace", $"Call graph: {string.Join(", ", told)}.",
                [.. calls.Take(8).Select(call => (LineRange?)call.First().Node.First("operationName", "name"))])
            {
                Severity = Proto.Severity.Info,
                Surprise = 0.1,
                Attributes =
                    [("count", calls.Sum(call => call.Count())),
                    ("path", string.Join(", ", calls.Select(call => $"{call.Key.From} → {call.Key.To}")))],
            });
        }
    }

    private static string Text(double milliseconds) => milliseconds.ToString("0.###", CultureInfo.InvariantCulture);
}
