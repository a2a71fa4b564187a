namespace FaultMaven.Agents.Signals;

/// <summary>What part a signal can play in an investigation.</summary>
internal enum SignalRole
{
    /// <summary>Shows that something is as it should be.</summary>
    Normal,

    /// <summary>Tells of trouble that is over.</summary>
    Recovered,

    /// <summary>Something failed and still does.</summary>
    Symptom,

    /// <summary>Unusual, but no failure by itself.</summary>
    Oddity,

    /// <summary>Somebody or something changed the system.</summary>
    Change,

    /// <summary>Somebody was told of trouble. Never a proof of it.</summary>
    Alert,
}

internal static class SignalRoles
{
    // Load and deviations have harmless causes as often as not; they count against a system only when they are grave.
    private static readonly HashSet<string> s_oddities =
    [
        "metric.spike", "metric.drop", "metric.shift", "log.rate_change", "log.new_template", "log.latency_shift", "log.gap", "cluster.warning",
        "db.statement_dominant", "db.wait_dominant", "trace.slow_span", "platform.restart", "pod.restarted",
        "evidence.addresses_model",
    ];

    private static readonly HashSet<string> s_changes =
    [
        "deployment.changed", "deployment.rolled_back", "config.changed", "deploy.changed", "platform.storage_scaled", "platform.maintenance",
        "platform.event", "change.before_trouble",
    ];

    private static readonly HashSet<string> s_recoveries = ["log.recovered", "platform.recovered", "alert.resolved"];

    public static SignalRole Role(this Data.Signal signal) => signal switch
    {
        { State: Data.SignalState.Normal } => SignalRole.Normal,
        { Kind: "alert.firing" } => SignalRole.Alert,
        _ when s_recoveries.Contains(signal.Kind) => SignalRole.Recovered,
        _ when s_changes.Contains(signal.Kind) => SignalRole.Change,
        { State: Data.SignalState.Recovered } => SignalRole.Recovered,
        _ when s_oddities.Contains(signal.Kind) => signal.Severity >= Data.Severity.Error ? SignalRole.Symptom : SignalRole.Oddity,
        _ => signal.Severity >= Data.Severity.Warning ? SignalRole.Symptom : SignalRole.Oddity,
    };
}
