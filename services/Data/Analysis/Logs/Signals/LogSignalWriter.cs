using System.Globalization;
using FaultMaven.Data.Analysis.Logs.Statistics;
using FaultMaven.Data.Analysis.Logs.Symptoms;
using FaultMaven.Data.Analysis.Templates;
using FaultMaven.Data.Sources;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Analysis.Logs.Signals;

/// <summary>Turns the collected statistics of a log into signals: summary, state, severity and citations.</summary>
internal sealed class LogSignalWriter(LogStatisticsCollector collector, EvidenceSource source)
{
    private const int MaxQuoteInSummary = 200;
    private const int MaxAttributeLength = 300;

    // How much normal traffic must follow a symptom for it to count as over: entries, and a share of the log.
    private const int MinHarmlessAfter = 10;
    private const double MinShareAfter = 0.1;
    private static readonly TimeSpan s_minTimeAfter = TimeSpan.FromSeconds(30);

    public Proto.Signal OfSymptom(Symptom symptom)
    {
        var seen = symptom.Occurrences;
        var about = symptom.Target.Length > 0 ? $" ({symptom.Target})" : "";
        // The phrase is not always in the first line, or in the field that holds the message.
        var telling = seen.Worst.Quote.AsSpan().ContainsAny(symptom.Kind.Search)
            || seen.Worst.Quote.Contains(symptom.Message, StringComparison.Ordinal) ? "" : $" ({Cut(symptom.Message)})";
        var signal =
            Of(symptom.Kind.Kind, seen,
            $"{Entries(seen.Count)} {(seen.Count == 1 ? "reports" : "report")} {symptom.Kind.Reports}{about}: {Quote(seen.Worst)}"
            + $"{telling}");
        signal.Severity = seen.Worst.Level switch
        {
            Proto.EntryLevel.Critical => Proto.Severity.Critical,
            Proto.EntryLevel.Error => symptom.Kind.Floor > Proto.Severity.Error ? symptom.Kind.Floor : Proto.Severity.Error,
            _ => symptom.Kind.Floor == Proto.Severity.Critical ? Proto.Severity.Error : Proto.Severity.Warning,
        };
        signal.Surprise = 0.7;
        Set(signal, "message", symptom.Message);
        if (symptom.Kind.Kind == "log.upstream_error")
        {
            Set(signal, "status", LogTargets.Status(symptom.Message).ToString());
        }

        if (symptom.Target.Length > 0 && symptom.Kind.TargetAttribute.Length > 0)
        {
            Set(signal, symptom.Kind.TargetAttribute, symptom.Target);
        }

        Set(signal, "resource", symptom.Kind.Resource);
        if (symptom.Kind.Kind == "log.tls_failure")
        {
            Set(signal, "reason", CertificateReason.Of(seen.Worst.Quote));
        }

        return signal;
    }

    public Proto.Signal OfException(ThrownException thrown)
    {
        var (exception, seen) = thrown;
        var signal =
            Of("log.exception", seen,
            $"{exception.Type} was thrown {Times(seen.Count)}: {Cut(exception.Message.Length > 0 ? exception.Message : seen.Worst.Quote)}");
        signal.Severity = Grade(seen.Worst.Level);
        signal.Surprise = 0.6;
        Set(signal, "type", exception.Type);
        Set(signal, "message", exception.Message);
        Set(signal, "frame", exception.Frame);
        return signal;
    }

    /// <param name="template">Their template.</param>
    /// <param name="seen">The entries.</param>
    /// <param name="surprise">How surprising they are, from 0 to 1.</param>
    public Proto.Signal OfErrors(Template template, OccurrenceStats seen, double surprise)
    {
        var signal =
            Of("log.errors", seen, $"{Entries(seen.Count)} at level {seen.Worst.Level.ToString().ToLowerInvariant()}: {Quote(seen.Worst)}");
        signal.Severity = Grade(seen.Worst.Level);
        signal.Surprise = 0.4 + (0.2 * surprise);
        SetTemplate(signal, template);
        Set(signal, "level", seen.Worst.Level.ToString().ToLowerInvariant());
        return signal;
    }

    public Proto.Signal OfRecovery(OccurrenceStats seen)
    {
        var signal = Of("log.recovered", seen, $"The log reports a recovery: {Quote(seen.Last)}");
        signal.Severity = Proto.Severity.Info;
        signal.State = Proto.SignalState.Recovered;
        signal.Surprise = 0.5;
        return signal;
    }

    /// <summary>The signal that there are no errors, or none in the last part of the log; null if there are.</summary>
    public Proto.Signal? Quiet()
    {
        if (collector.FirstEntry is not { } first || collector.LastEntry is not { } last)
        {
            return null;
        }

        var symptoms = collector.Symptoms.Select(symptom => symptom.Occurrences).Concat(collector.Errors.Values).ToList();
        if (symptoms.Count > 0 && !symptoms.TrueForAll(seen => StateOf(seen) == Proto.SignalState.Recovered))
        {
            return null;
        }

        var from = symptoms.Count == 0 ? first : symptoms.MaxBy(seen => seen.Last.Order)!.Last;
        var lines = last.EndLine - (symptoms.Count == 0 ? first.StartLine - 1 : from.EndLine);
        var signal = new Proto.Signal
        {
            Kind = "log.no_errors",
            Subject = $"file/{source.FileName}",
            Summary = symptoms.Count == 0
                ? $"No errors in {lines.ToString("N0", CultureInfo.InvariantCulture)} lines, from line {first.StartLine} to line "
                    + $"{last.EndLine}"
                : $"No errors in the last {lines.ToString("N0", CultureInfo.InvariantCulture)} lines, from line {from.EndLine + 1} to "
                    + $"line {last.EndLine}",
            Severity = Proto.Severity.Info,
            State = Proto.SignalState.Normal,
            Surprise = 0.1,
            StartTime = (symptoms.Count == 0 ? collector.StartTime : from.Time)?.ToTimestamp(),
            EndTime = collector.EndTime?.ToTimestamp(),
        };
        signal.Attributes["lines"] = lines.ToString(CultureInfo.InvariantCulture);
        Cite(signal, symptoms.Count == 0 ? [first, last] : [last]);
        return signal;
    }

    /// <summary>A signal of any kind about entries; the caller sets its severity.</summary>
    public Proto.Signal Of(string kind, OccurrenceStats seen, string summary)
    {
        var signal = new Proto.Signal
        {
            Kind = kind,
            // A kernel is not a service: its messages are about the machine. Neither is a logger, and then the file belongs to the program.
            Subject = seen.Host.Length > 0 ? $"node/{seen.Host}" : seen.Source.Length > 0 && !LoggerName.Is(seen.Source)
                ? $"service/{seen.Source}" : $"file/{source.FileName}",
            Summary = summary,
            Severity = Proto.Severity.Warning,
            State = StateOf(seen),
            StartTime = seen.StartTime?.ToTimestamp(),
            EndTime = seen.EndTime?.ToTimestamp(),
        };
        signal.Attributes["count"] = seen.Count.ToString(CultureInfo.InvariantCulture);
        Set(signal, "service", seen.Host.Length > 0 ? "" : seen.Source);
        Cite(signal, [seen.First, seen.Worst, seen.Last]);
        return signal;
    }

    public void Cite(Proto.Signal signal, IEnumerable<Occurrence> occurrences)
    {
        foreach (var occurrence in occurrences.DistinctBy(occurrence => occurrence.Order))
        {
            signal.Citations.Add(source.Cite(occurrence.StartLine, occurrence.EndLine, occurrence.Quote));
        }
    }

    /// <summary>Recovered if a later message says so, or if it stopped well before the end and normal traffic continued.</summary>
    public Proto.SignalState StateOf(OccurrenceStats seen)
    {
        var saidSo = collector.Recoveries.Any(recovery => recovery.Last.Order > seen.Last.Order
            && (recovery.Source == seen.Source || recovery.Source.Length == 0 || seen.Source.Length == 0));
        if (saidSo)
        {
            return Proto.SignalState.Recovered;
        }

        var harmlessAfter = collector.Harmless - seen.HarmlessBefore;
        if (seen.StartTime is not { } start || seen.EndTime is not { } end || collector.StartTime is not { } logStart
            || collector.EndTime is not { } logEnd)
        {
            return harmlessAfter >= Math.Max(5 * MinHarmlessAfter, 2 * MinShareAfter * collector.Entries) ? Proto.SignalState.Recovered
                : Proto.SignalState.Active;
        }

        var after = logEnd - end;
        var usual = seen.Count > 1 ? (end - start) / (seen.Count - 1) : TimeSpan.Zero;
        return harmlessAfter >= MinHarmlessAfter && after >= s_minTimeAfter && after >= MinShareAfter * (logEnd - logStart)
            && after >= 5 * usual
            ? Proto.SignalState.Recovered
            : Proto.SignalState.Active;
    }

    public static void Set(Proto.Signal signal, string attribute, string value)
    {
        if (value.Length > 0)
        {
            signal.Attributes[attribute] = value.CutTo(MaxAttributeLength);
        }
    }

    public static void SetTemplate(Proto.Signal signal, Template template)
    {
        Set(signal, "template", template.Text);
        Set(signal, "template_id", template.Key);
    }

    public static Proto.Severity Grade(Proto.EntryLevel level) => level switch
    {
        Proto.EntryLevel.Critical => Proto.Severity.Critical,
        Proto.EntryLevel.Error => Proto.Severity.Error,
        Proto.EntryLevel.Warning => Proto.Severity.Warning,
        _ => Proto.Severity.Info,
    };

    public static string Entries(long count) => count == 1 ? "1 entry" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} entries";

    /// <summary>What an entry says, in quotation marks unless it begins or ends with one.</summary>
    public static string Quote(Occurrence occurrence) => Quotation.Of(Cut(occurrence.Quote));

    private static string Times(long count) => count == 1 ? "once" : $"{count.ToString("N0", CultureInfo.InvariantCulture)} times";

    private static string Cut(string text) => text.Length <= MaxQuoteInSummary ? text : $"{text.CutTo(MaxQuoteInSummary - 1)}…";
}
