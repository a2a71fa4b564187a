using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.Investigate;

/// <summary>A turn with its phases, its answer and the evidence.</summary>
/// <param name="Case"><c>cases/{case}</c>.</param>
/// <param name="Turn"><c>cases/{case}/turns/{turn}</c>.</param>
/// <param name="Phases">The phases entered, in order, with their findings.</param>
/// <param name="Answer">The answer.</param>
/// <param name="Evidence">The evidence of the case.</param>
internal sealed record Investigation(
    string Case, string Turn, IReadOnlyList<PhaseReached> Phases, Answer Answer, IReadOnlyList<Evidence> Evidence);

/// <summary>A phase that a turn entered, with the reason and the findings.</summary>
internal sealed record PhaseReached(Phase Phase, string Reason)
{
    public List<Claim> Findings { get; } = [];
}
