using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Signals;

/// <summary>Finds signals in one kind of evidence.</summary>
internal interface IEvidenceAnalyzer
{
    /// <summary>The types of evidence that this analyser reads.</summary>
    IReadOnlySet<Proto.EvidenceType> Types { get; }

    /// <summary>Finds what is worth knowing in the evidence. Malformed input gives fewer signals, never an exception.</summary>
    EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken);
}

/// <summary>What an analyser found.</summary>
/// <param name="Signals">The signals, in any order.</param>
/// <param name="StartTime">The earliest time in it, if any.</param>
/// <param name="EndTime">The latest time in it, if any.</param>
internal sealed record EvidenceAnalysis(IReadOnlyList<Proto.Signal> Signals, DateTimeOffset? StartTime, DateTimeOffset? EndTime)
{
    public static EvidenceAnalysis Empty { get; } = new([], null, null);
}
