namespace FaultMaven.Data.Analysis.Classify;

/// <summary>The type found for evidence.</summary>
/// <param name="Type">The most likely type.</param>
/// <param name="Confidence">How sure that is, 0 to 1; below 0.6 the caller should be asked.</param>
/// <param name="Alternatives">Other types it could be, most likely first; at most 3.</param>
/// <param name="Reasons">Why, at least one short sentence.</param>
internal sealed record ClassifiedEvidence(
    Proto.EvidenceType Type, double Confidence, IReadOnlyList<(Proto.EvidenceType Type, double Confidence)> Alternatives,
    IReadOnlyList<string> Reasons)
{
    /// <summary>Below this confidence a person should confirm the type: one in three such answers is wrong.</summary>
    public const double SureEnough = 0.6;

    /// <summary>Whether a person should confirm the type.</summary>
    public bool NeedsConfirmation => Confidence < SureEnough;

    /// <summary>The caller set the type.</summary>
    public static ClassifiedEvidence AsGiven(Proto.EvidenceType type) => new(type, 1, [], ["The caller set the type."]);
}
