namespace FaultMaven.Agents.Facts;

/// <summary>A fact that may be the cause, and how well it explains what was asked about.</summary>
/// <param name="Root">The fact.</param>
/// <param name="Explained">The facts that may follow from it: related to it, not before it, and no nearer to a cause.</param>
/// <param name="Change">A change shortly before it of something it names; null if none is known.</param>
/// <param name="Score">How good a candidate it is, 0 to 1.</param>
internal sealed record CauseCandidate(Fact Root, IReadOnlyList<Fact> Explained, Fact? Change, double Score);
