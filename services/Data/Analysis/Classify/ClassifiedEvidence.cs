namespace FaultMaven.Data.Analysis.Classify;

/// <summary>What evidence was taken for.</summary>
/// <param name="Type">The most likely type.</param>
/// <param name="Confidence">How sure that is, 0 to 1; below 0.6 the caller should be asked.</param>
/// <param name="Alternatives">Other types it could be, most likely first; at most 3.</param>
/// <param name="Reasons">Why, at least one short sentence.</param>
internal sealed record ClassifiedEvidence(
    Proto.EvidenceType Type, double Confidence, IReadOnlyList<(Proto.EvidenceType Type, double Confidence)> Alternatives, IReadOnlyList<string> Reasons)
{
    /// <summary>Below this confidence somebody should be asked: one in three such answers is wrong.</summary>
    public const double SureEnough = 0.6;

    /// <summary>Whether somebody should be asked what it is.</summary>
    public bool NeedsConfirmation => Confidence < SureEnough;

    /// <summary>The caller said what it is.</summary>
    public static ClassifiedEvidence AsGiven(Proto.EvidenceType type) => new(type, 1, [], ["The caller gave the type."]);
}
