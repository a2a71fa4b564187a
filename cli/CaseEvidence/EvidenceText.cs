using System.Globalization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>Describes evidence in words.</summary>
internal static class EvidenceText
{
    /// <summary><c>logs (95 %), 1204 lines, 12 signals</c>.</summary>
    public static string Classification(Evidence evidence)
    {
        var text = $"{Type(evidence.Type)} ({Percent(evidence.Confidence)}), {Size(evidence)}";
        return evidence.NeedsConfirmation ? $"{text}; type uncertain, set it with fm evidence classify" : text;
    }

    /// <summary><c>1204 lines, 12 signals</c>.</summary>
    public static string Size(Evidence evidence) =>
        $"{Counted.Of(evidence.LineCount, "line")}, {Counted.Of(evidence.SignalCount, "signal")}";

    public static string Type(EvidenceType type) => JsonOutput.Name(type).Replace('_', ' ');

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
