namespace FaultMaven.Data.Query.KeyLines;

/// <summary>A piece of evidence as the ranking of its lines sees it.</summary>
/// <param name="Evidence">What is stored of it.</param>
/// <param name="Lines">How many lines it has.</param>
/// <param name="IsDiff">True if it has hunks of a unified diff.</param>
internal sealed record EvidenceFile(Proto.Evidence Evidence, long Lines, bool IsDiff)
{
    public Proto.EvidenceType Type => Evidence.Type;
}
