using System.Globalization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>Evidence in words.</summary>
internal static class EvidenceText
{
    /// <summary><c>logs (95 %), 1204 lines, 12 signals</c>.</summary>
    public static string Classification(Evidence evidence)
    {
        var text = $"{Type(evidence.Type)} ({Percent(evidence.Confidence)}), {evidence.LineCount} lines, {evidence.SignalCount} signals";
        return evidence.NeedsConfirmation ? $"{text}: not sure, say what it is with fm evidence classify" : text;
    }

    public static string Type(EvidenceType type) => JsonOutput.Name(type).Replace('_', ' ');

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0} %");
}
