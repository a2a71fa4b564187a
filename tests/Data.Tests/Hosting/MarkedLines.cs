using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Hosting;

/// <summary>An analyser that makes a signal of every line such as <c>!error disk.full on node-1</c>, and fails on <c>!bug</c>.</summary>
internal sealed class MarkedLines : IEvidenceAnalyzer
{
    /// <summary>A type that no analyser of ours reads.</summary>
    public const EvidenceType Type = EvidenceType.Documentation;

    public IReadOnlySet<EvidenceType> Types { get; } = new HashSet<EvidenceType> { Type };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        using var reader = source.Open();
        var signals = new List<Signal>();

        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line == "!bug")
            {
                throw new InvalidOperationException("A bug, as told.");
            }

            if (line.StartsWith('!') && line[1..].Split(' ', 3) is [var severity, var kind, ..])
            {
                signals.Add(new Signal
                {
                    Kind = kind,
                    Severity = Enum.Parse<Severity>(severity, ignoreCase: true),
                    Citations = { source.Cite(number, number, line) },
                });
            }
        }

        return new EvidenceAnalysis(signals, null, null);
    }
}
