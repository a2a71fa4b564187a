using static FaultMaven.Protos.Agent.V1.EvidenceLink.Types;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>A signal and what it means for a hypothesis.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Weight">How strong it is: above 0, up to 1.</param>
/// <param name="Supports">True if it supports the hypothesis, false if it contradicts it.</param>
internal sealed record EvidenceLink(Data.Signal Signal, double Weight, bool Supports)
{
    private const double Strong = 0.8;

    public Stance Stance => (Supports, Weight >= Strong) switch
    {
        (true, true) => Stance.StronglySupports,
        (true, false) => Stance.Supports,
        (false, true) => Stance.StronglyContradicts,
        (false, false) => Stance.Contradicts,
    };

    public Proto.EvidenceLink ToProto() => new() { Stance = Stance, Summary = Signal.Summary, Citations = { Signal.Citations } };
}
