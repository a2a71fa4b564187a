using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Redaction.Screening.Demands;

/// <summary>What demands on models look like, by what they are after; see <see cref="DemandShape"/> for how to read one.</summary>
internal static partial class DemandShapes
{
    public static IEnumerable<(PassageKind Kind, string Shape)> All =>
    [
        .. s_overrides.Select(shape => (PassageKind.Override, shape)),
        .. s_personas.Select(shape => (PassageKind.Override, shape)),
        .. s_addresses.Select(shape => (PassageKind.Override, shape)),
        .. s_conclusions.Select(shape => (PassageKind.Override, shape)),
        .. s_disclosures.Select(shape => (PassageKind.Disclosure, shape)),
        .. s_exfiltrations.Select(shape => (PassageKind.Exfiltration, shape)),
        .. s_actions.Select(shape => (PassageKind.ToolUse, shape)),
    ];
}
