namespace FaultMaven.Agents.Signals;

/// <summary>The role of a signal in an investigation.</summary>
internal enum SignalRole
{
    /// <summary>Shows that something is normal.</summary>
    Normal,

    /// <summary>Shows a failure that is over.</summary>
    Recovered,

    /// <summary>Something failed and still does.</summary>
    Symptom,

    /// <summary>Unusual, but not a failure by itself.</summary>
    Oddity,

    /// <summary>A change of the system.</summary>
    Change,

    /// <summary>What the evidence says in its own words.</summary>
    Statement,

    /// <summary>An alert that fires. It never proves a failure.</summary>
    Alert,
}

internal static class SignalRoles
{
    // Load and deviations often have harmless causes; they are symptoms only when they are severe.
    private static readonly HashSet<string> s_oddities =
    [
        "metric.spike", "metric.drop", "metric.shift", "log.rate_change", "log.new_template", "log.latency_shift", "log.gap",
        "cluster.warning",
        "db.statement_dominant", "db.wait_dominant", "trace.slow_span", "platform.restart", "pod.restarted",
        "evidence.prompt_injection",
    ];

    private static readonly HashSet<string> s_changes =
    [
        "deployment.changed", "deployment.rolled_back", "config.changed", "deploy.changed", "platform.storage_scaled",
        "platform.maintenance",
        "platform.event", "change.before_trouble",
    ];

    private static readonly HashSet<string> s_recoveries = ["log.recovered", "platform.recovered", "alert.resolved"];

    /// <summary>True if it says only that no known word for an error was found, which does not show that anything works.</summary>
    public static bool IsAbsence(this Data.Signal signal) => signal.Kind == "log.no_errors";

    public static SignalRole Role(this Data.Signal signal) => signal switch
    {
        { State: Data.SignalState.Normal } => SignalRole.Normal,
        { Kind: "alert.firing" } => SignalRole.Alert,

        // What the evidence says in its own words is weighed by its own rules; see FactAnalyst.
        _ when signal.Kind.StartsWith("statement.", StringComparison.Ordinal) => SignalRole.Statement,
        _ when s_recoveries.Contains(signal.Kind) => SignalRole.Recovered,
        _ when s_changes.Contains(signal.Kind) => SignalRole.Change,
        { State: Data.SignalState.Recovered } => SignalRole.Recovered,
        _ when s_oddities.Contains(signal.Kind) => signal.Severity >= Data.Severity.Error ? SignalRole.Symptom : SignalRole.Oddity,
        _ => signal.Severity >= Data.Severity.Warning ? SignalRole.Symptom : SignalRole.Oddity,
    };
}
