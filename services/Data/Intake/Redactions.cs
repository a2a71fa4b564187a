using FaultMaven.Protos.Redaction.V1;
using Google.Protobuf.Collections;

namespace FaultMaven.Data.Intake;

internal static class Redactions
{
    /// <summary>Adds how many there were of some types.</summary>
    public static void Count(MapField<string, long> counts, MapField<string, long> redactions)
    {
        foreach (var (type, count) in counts)
        {
            redactions[type] = redactions.GetValueOrDefault(type) + count;
        }
    }

    /// <summary>Adds findings to the number of them by type.</summary>
    public static void Count(RepeatedField<Finding> findings, MapField<string, long> redactions)
    {
        foreach (var finding in findings)
        {
            redactions[finding.Type] = redactions.GetValueOrDefault(finding.Type) + 1;
        }
    }
}
