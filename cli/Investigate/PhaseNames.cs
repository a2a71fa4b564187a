using FaultMaven.Protos.Agent.V1;

namespace FaultMaven.Cli.Investigate;

/// <summary>Names a phase for people.</summary>
internal static class PhaseNames
{
    public static string Title(Phase phase) => phase switch
    {
        Phase.DefineBlastRadius => "1 Blast radius",
        Phase.EstablishTimeline => "2 Timeline",
        Phase.FormulateHypotheses => "3 Hypotheses",
        Phase.ValidateHypotheses => "4 Validation",
        Phase.ProposeSolution => "5 Solution",
        _ => $"{phase}",
    };

    public static string Activity(Phase phase) => phase switch
    {
        Phase.DefineBlastRadius => "Finding what is affected",
        Phase.EstablishTimeline => "Ordering the events",
        Phase.FormulateHypotheses => "Looking for possible causes",
        Phase.ValidateHypotheses => "Testing hypotheses against the evidence",
        Phase.ProposeSolution => "Working out what to do",
        _ => $"{phase}",
    };
}
