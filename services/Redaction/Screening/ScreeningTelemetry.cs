using System.Diagnostics.Metrics;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Redaction.Screening;

/// <summary>Names of the metrics of screening. What a passage says is never part of them.</summary>
internal static class ScreeningTelemetry
{
    public const string MeterName = "FaultMaven.Redaction";

    /// <summary>Counts passages that speak to a model.</summary>
    public const string Passages = "faultmaven.screening.passages";

    /// <summary>The attribute that holds what a passage does, such as <c>override</c>.</summary>
    public const string Kind = "faultmaven.passage.kind";

    private static readonly Meter s_meter = new(MeterName);
    private static readonly Counter<long> s_passages =
        s_meter.CreateCounter<long>(Passages, "{passage}", "Passages that speak to a language model, found in redacted text.");

    public static void Count(PassageKind kind) =>
        s_passages.Add(1, new KeyValuePair<string, object?>(Kind, kind.ToString().ToLowerInvariant()));
}
