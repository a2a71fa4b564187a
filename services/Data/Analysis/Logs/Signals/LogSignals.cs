using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Statistics;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Logs.Signals;

/// <summary>Finds the <c>log.*</c> signals in entries of any origin: log files, or logs inside JSON answers of tools.</summary>
internal static class LogSignals
{
    /// <summary>At most this many signals are found in one source, the most telling ones.</summary>
    public const int MaxSignals = MaxKnown + LogStatements.MaxSignals;

    // Of the kinds that are about logs in particular.
    private const int MaxKnown = 60;

    private const int MaxRecoveries = 3;

    /// <summary>
    /// Finds signals in <paramref name="entries"/>, which are in the order of the log and cite lines of <paramref name="source"/>.
    /// </summary>
    public static IReadOnlyList<Proto.Signal> Find(EvidenceSource source, IEnumerable<LogEntry> entries,
        CancellationToken cancellationToken)
    {
        var collector = new LogStatisticsCollector();
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            collector.Take(LogEvent.Of(entry));
        }

        return collector.Entries == 0 ? [] : From(collector, source);
    }

    /// <summary>Makes signals of what a survey noted.</summary>
    public static IReadOnlyList<Proto.Signal> From(LogStatisticsCollector collector, EvidenceSource source)
    {
        var writer = new LogSignalWriter(collector, source);
        var statistics = new LogStatistics(collector, writer);
        var signals = new List<Proto.Signal>();
        signals.AddRange(collector.Symptoms.Select(writer.OfSymptom));
        signals.AddRange(collector.Exceptions.Select(writer.OfException));
        signals.AddRange(statistics.Errors());
        signals.AddRange(statistics.Bursts());
        signals.AddRange(statistics.NewTemplates());
        signals.AddRange(statistics.Surges());
        signals.AddRange(statistics.RateChanges());
        signals.AddRange(statistics.LatencyShifts());
        signals.AddRange(statistics.ResourceTrends());
        signals.AddRange(statistics.Gaps());

        var statements = new LogStatements(collector, writer).Find().ToList();
        var calm = collector.Recoveries.OrderByDescending(recovery => recovery.Last.Order).Take(MaxRecoveries).Select(writer.OfRecovery)
            .ToList();

        // A warning that says what is wrong is not a quiet log, though it is not an error.
        var hasErrors = collector.Errors.Count > 0 || collector.Symptoms.Count > 0;
        if ((hasErrors || !statements.Exists(IsOpenProblem)) && writer.Quiet() is { } quiet)
        {
            calm.Add(quiet);
        }

        return
        [
            .. signals.OrderByDescending(signal => signal.Severity).ThenBy(signal => signal.State)
                .ThenByDescending(signal => signal.Surprise)
                .Take(MaxKnown - calm.Count),
            .. calm,
            .. statements,
        ];
    }

    private static bool IsOpenProblem(Proto.Signal statement) =>
        statement.Severity >= Proto.Severity.Warning && statement.State != Proto.SignalState.Recovered;
}
