using System.Diagnostics.Metrics;

namespace FaultMaven.ServiceDefaults.Limits;

/// <summary>The names under which limits report what they do.</summary>
public static class LimitTelemetry
{
    /// <summary>The attribute that says whose limit it was: <c>tenant</c> or <c>caller</c>.</summary>
    public const string Of = "faultmaven.limit.of";

    /// <summary>The attribute that says what was limited: <c>reads</c> or <c>changes</c>.</summary>
    public const string Calls = "faultmaven.limit.calls";

    private static readonly Meter s_meter = new("FaultMaven.Limits");

    /// <summary>Calls that were refused because there were too many.</summary>
    public static Counter<long> Refused { get; } =
        s_meter.CreateCounter<long>("faultmaven.limit.refused", "{call}", "Calls that were refused because there were too many.");

    /// <summary>Calls that a replica counted for itself, because Redis did not answer.</summary>
    internal static Counter<long> CountedHere { get; } =
        s_meter.CreateCounter<long>(
            "faultmaven.limit.counted_locally", "{call}", "Calls that a replica counted for itself, because Redis did not answer.");
}
