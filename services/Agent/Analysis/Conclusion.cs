using FaultMaven.Agents.Hypotheses;

namespace FaultMaven.Agents.Analysis;

/// <summary>What an investigation amounts to, before it is put into words.</summary>
/// <param name="Verdict">What it amounts to.</param>
/// <param name="Assurance">How far the evidence carries the cause.</param>
/// <param name="Cause">The cause, or what explains that nothing is failing. Null if neither is known.</param>
/// <param name="Effects">What the cause brought about.</param>
/// <param name="Independent">Other causes at work at the same time, the graver first.</param>
/// <param name="Past">What had happened, where the trouble is over; the likeliest first.</param>
internal sealed record Conclusion(
    Proto.Verdict Verdict,
    Proto.Assurance Assurance,
    Hypothesis? Cause,
    IReadOnlyList<Hypothesis> Effects,
    IReadOnlyList<Hypothesis> Independent,
    IReadOnlyList<Hypothesis> Past)
{
    public Proto.FailureCategory Category => Cause?.Mode.Category ?? Proto.FailureCategory.Unknown;

    public static Conclusion NotEnough { get; } =
        new(Proto.Verdict.NotEnoughEvidence, Proto.Assurance.None, null, [], [], []);
}
