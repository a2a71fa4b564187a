using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Redaction.Screening.Instructions;

/// <summary>What instructions to models look like, by what they aim at; see <see cref="InstructionPattern"/> for how to read one.</summary>
internal static partial class InstructionPatterns
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
