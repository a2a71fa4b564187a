using System.Globalization;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Traces;

/// <summary>Finds slow and failed spans in traces of OTLP, Jaeger and Zipkin, and slow and failed requests in HTTP archives.</summary>
internal sealed class TraceReader : IDocumentReader
{
    /// <summary>A span that takes more than this share of its trace by itself is worth a look.</summary>
    private const double SlowShare = 0.2;

    /// <summary>One that takes more than this share is what the trace waits for.</summary>
    private const double BottleneckShare = 0.3;

    /// <summary>Traces shorter than this are not slow, however their time is shared.</summary>
    private const double SlowMilliseconds = 500;

    private const int MaxSignalsOfKind = 20;

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var spans = SpansOf(root, cancellationToken);
        spans.ForEach(span => signals.Saw(span.Start));
        ReportFailures(spans, signals);
        ReportSlow(spans, signals);
        TracePaths.Report(spans, signals);
    }

    /// <summary>The spans of a document; none if it is not a trace.</summary>
    public static List<Span> SpansOf(Node root, CancellationToken cancellationToken)
    {
        var services = ServicesOf(root);
        var spans = new List<Span>();
        foreach (var (node, _) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (node.IsMap && Span.TryRead(node, services) is { } span)
            {
                spans.Add(span);
            }
        }

        return spans;
    }

    /// <summary>Jaeger names a process by a key, OTLP names the service next to the spans.</summary>
    private static List<(int Start, int End, string Key, string Service)> ServicesOf(Node root)
    {
        var services = new List<(int Start, int End, string Key, string Service)>();
        foreach (var (node, name) in root.Walk())
        {
            if (Names.Same(name, "processes") && node.IsMap)
            {
                services.AddRange(node.Members.Where(member => member.Value.IsMap)
                    .Select(member => (0, int.MaxValue, member.Name, member.Value.TextOf("serviceName"))));
            }
            else if (Names.Same(name, "resourceSpans") && node.IsMap)
            {
                var service = node.First("resource/attributes")?.Items.FirstOrDefault(attribute =>
                    attribute.TextOf("key") == "service.name")?.TextOf("value/stringValue") ?? "";
                services.Add((node.Start, node.End, "", service));
            }
        }

        return services;
    }

    private static void ReportFailures(List<Span> spans, SignalBuilder signals)
    {
        // The deepest failure is where it began; its callers only pass it on.
        var callers = spans.Where(span => span.Error.Length > 0).Select(span => span.Parent).ToHashSet();
        foreach (var group in spans.Where(span => span.Error.Length > 0).GroupBy(span => (span.Service, span.Operation))
            .OrderBy(group => group.All(span => callers.Contains(span.Id))).Take(MaxSignalsOfKind))
        {
            var first = group.First();
            var isOrigin = group.Any(span => !callers.Contains(span.Id));
            var count = group.Count();
            signals.Add(new SignalDraft(
                "trace.failed_span", first.Subject,
                $"{first.Title} failed{(count > 1 ? $" {count} times" : "")}{(isOrigin ? "" : ", because of what it called")}: "
                    + $"{first.Error}",
                [.. group.Take(4).SelectMany(span => span.FailurePlaces)])
            {
                Severity = isOrigin && !first.IsRefused ? Proto.Severity.Error : Proto.Severity.Warning,
                Surprise = isOrigin ? 0.7 : 0.4,
                Start = group.Min(span => span.Start),
                End = group.Max(span => span.Start),
                Attributes = [("operation", first.Operation), ("service", first.Service), ("error", first.Error), ("count", count)],
            });
        }
    }

    private static void ReportSlow(List<Span> spans, SignalBuilder signals)
    {
        var reported = 0;
        foreach (var trace in spans.GroupBy(span => span.Trace))
        {
            var longest = trace.Max(span => span.Milliseconds);
            if (longest < SlowMilliseconds)
            {
                continue;
            }

            var children = trace.Where(span => span.Parent.Length > 0).ToLookup(span => span.Parent);
            foreach (var span in trace.OrderByDescending(Own).Where(span => Own(span) >= SlowShare * longest))
            {
                if (reported++ >= MaxSignalsOfKind)
                {
                    return;
                }

                var share = Own(span) / longest;
                signals.Add(new SignalDraft(
                    "trace.slow_span", span.Subject,
                    $"{span.Title} took {Text(span.Milliseconds)} ms, {Text(Own(span))} ms of it by itself: {share:0%} of its trace of "
                        + $"{Text(longest)} ms.", [.. span.SlowPlaces])
                {
                    Severity = share >= BottleneckShare ? Proto.Severity.Warning : Proto.Severity.Info,
                    Surprise = share,
                    Start = span.Start,
                    Attributes =
                        [("operation", span.Operation), ("service", span.Service), ("ms", Text(span.Milliseconds)),
                        ("share", share.ToString("0.##", CultureInfo.InvariantCulture))],
                });
            }

            double Own(Span span) => Math.Max(0, span.Milliseconds - children[span.Id].Sum(child => child.Milliseconds));
        }
    }

    private static string Text(double milliseconds) => milliseconds.ToString("0.###", CultureInfo.InvariantCulture);
}
