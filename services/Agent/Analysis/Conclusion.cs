using FaultMaven.Agents.Facts;
using FaultMaven.Agents.Hypotheses;

namespace FaultMaven.Agents.Analysis;

/// <summary>The result of an investigation, before it is put into words.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Assurance">How well the evidence supports the cause.</param>
/// <param name="Cause">The cause, or what explains that nothing is failing. Null if neither is known.</param>
/// <param name="Effects">What the cause led to.</param>
/// <param name="Independent">Other, independent causes, the most severe first.</param>
/// <param name="Past">What had failed, where the failure is over; the likeliest first.</param>
internal sealed record Conclusion(
    Proto.Verdict Verdict,
    Proto.Assurance Assurance,
    Hypothesis? Cause,
    IReadOnlyList<Hypothesis> Effects,
    IReadOnlyList<Hypothesis> Independent,
    IReadOnlyList<Hypothesis> Past)
{
    /// <summary>The facts that decide, the cause first.</summary>
    public IReadOnlyList<Fact> Decisive { get; init; } = [];

    /// <summary>A change shortly before the cause; null if none is known.</summary>
    public Fact? Change { get; init; }

    public Proto.FailureCategory Category => Cause?.Mode.Category ?? Proto.FailureCategory.Unknown;

    public static Conclusion NotEnough { get; } =
        new(Proto.Verdict.NotEnoughEvidence, Proto.Assurance.None, null, [], [], []);
}
