using System.Globalization;
using FaultMaven.Data.Sources;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Analysis.Signals;

/// <summary>A signal before it is written down.</summary>
/// <param name="Kind">As docs/signals.md names it.</param>
/// <param name="Subject">What it is about, such as <c>pod/web-7f9</c>.</param>
/// <param name="Summary">One sentence with its figures.</param>
/// <param name="At">Where it is, the most important place first.</param>
internal sealed record SignalDraft(string Kind, string Subject, string Summary, params IReadOnlyList<LineRange?> At)
{
    public Proto.Severity Severity { get; init; } = Proto.Severity.Warning;

    public Proto.SignalState State { get; init; } = Proto.SignalState.Active;

    public double Surprise { get; init; } = 0.5;

    public DateTimeOffset? Start { get; init; }

    public DateTimeOffset? End { get; init; }

    /// <summary>A place in other evidence that says it too.</summary>
    public Proto.Citation? Elsewhere { get; init; }

    /// <summary>Facts by name; those that are null or empty are left out.</summary>
    public IReadOnlyList<(string Name, object? Value)> Attributes { get; init; } = [];
}

/// <summary>Collects what analysers find in one piece of evidence.</summary>
internal sealed class SignalBuilder(EvidenceSource source, SourceText text)
{
    private const int MaxSignals = 400;
    private const int MaxCitations = 8;
    private const int MaxSummaryLength = 600;

    private readonly List<Proto.Signal> _signals = [];
    private DateTimeOffset? _start;
    private DateTimeOffset? _end;

    public EvidenceSource Source => source;

    public SourceText Text => text;

    public int Count => _signals.Count;

    /// <summary>The signals, the most severe first and cut to what a reader can take in.</summary>
    public EvidenceAnalysis ToAnalysis() => _signals.Count == 0 && _start is null
        ? EvidenceAnalysis.Empty
        : new([.. _signals.OrderByDescending(signal => signal.Severity).Take(MaxSignals)], _start, _end);

    /// <summary>Notes a time that the evidence contains.</summary>
    public void Saw(DateTimeOffset? time)
    {
        if (time is { } seen)
        {
            _start = _start is null || seen < _start ? seen : _start;
            _end = _end is null || seen > _end ? seen : _end;
        }
    }

    /// <summary>Takes over a signal that was found elsewhere in the same evidence.</summary>
    public void Add(Proto.Signal signal) => _signals.Add(signal);

    public void Add(SignalDraft draft)
    {
        var (start, end) = (draft.Start ?? draft.End, draft.End ?? draft.Start);

        // Clocks differ, and people put files together: times in evidence are not reliably in order.
        (start, end) = start <= end ? (start, end) : (end, start);
        var signal = new Proto.Signal
        {
            Kind = draft.Kind,
            Subject = draft.Subject,
            Summary = OneLine(draft.Summary, MaxSummaryLength),
            Severity = draft.Severity,
            State = draft.State,
            Surprise = Math.Clamp(draft.Surprise, 0, 1),
            StartTime = start?.ToTimestamp(),
            EndTime = end?.ToTimestamp(),
        };
        foreach (var (name, value) in draft.Attributes)
        {
            if (Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } written)
            {
                signal.Attributes[name] = OneLine(written, MaxSummaryLength);
            }
        }

        Saw(draft.Start);
        Saw(draft.End);
        if (draft.Elsewhere is null || draft.At.Any(place => place is not null))
        {
            signal.Citations.AddRange(Cite(draft.At));
        }

        if (draft.Elsewhere is { } elsewhere)
        {
            signal.Citations.Add(elsewhere);
        }

        _signals.Add(signal);
    }

    private IEnumerable<Proto.Citation> Cite(IReadOnlyList<LineRange?> places)
    {
        var cited = new List<LineRange>();
        foreach (var place in places.OfType<LineRange>().DefaultIfEmpty(new LineRange(1, 1)))
        {
            var near = cited.FindIndex(range => range.Touches(place));
            if (near >= 0)
            {
                cited[near] = cited[near].Join(place);
            }
            else if (cited.Count < MaxCitations)
            {
                cited.Add(place);
            }
        }

        return cited.Select(range => source.Cite(range.First, range.Last, text.Line(range.Telling).Trim().ToString()));
    }

    private static string OneLine(string text, int length)
    {
        var line = text.AsSpan().IndexOfAny("\r\n\t") < 0 ? text
            : string.Join(' ', text.Split((char[])['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= length ? line : $"{line.CutTo(length - 1)}…";
    }
}
