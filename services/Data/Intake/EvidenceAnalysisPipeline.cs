using FaultMaven.Data.Analysis;
using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Intake;

/// <summary>Classifies a stored text and finds its signals: what an upload and a re-classification have in common.</summary>
internal sealed class EvidenceAnalysisPipeline(EvidenceStore store, IBlobStore blobs, AnalyzerDispatcher signalSearch, TimeProvider time)
    : IDisposable
{
    private const int MaxClassifications = 50;

    /// <summary>How much of the version before is compared, in characters: 1 Mi.</summary>
    private const int MaxPreviousLength = 1 << 20;

    // Each holds what it noted of a log for as long as the log takes to arrive. What finds no room is analysed afterwards.
    private readonly SemaphoreSlim _arrivals = new(Environment.ProcessorCount);

    /// <summary>Classifies a text by its content, or as it was asked for, and writes that into its record.</summary>
    public void Classify(Proto.Evidence evidence, ClassificationRequest request, EvidenceSource source) => Record(
        evidence,
        request.Type is Proto.EvidenceType.Unspecified
            ? EvidenceClassifier.Classify(evidence.FileName, ReadHead(source), isBinary: false)
            : ClassifiedEvidence.AsGiven(request.Type),
        request);

    /// <summary>Classifies a text, and analyses it if it is a log, while it arrives; the caller disposes of it.</summary>
    /// <param name="fileName">Its file name.</param>
    /// <param name="request">As what it is wanted to be classified.</param>
    public ArrivingText Arriving(string fileName, ClassificationRequest request) => new(
        head => request.Type is Proto.EvidenceType.Unspecified ? EvidenceClassifier.Classify(fileName, Readable(head), isBinary: false)
            : ClassifiedEvidence.AsGiven(request.Type),
        signalSearch,
        _arrivals);

    /// <summary>Finds the signals of a text that is classified, and writes into its record its first and last time.</summary>
    /// <param name="name">The evidence.</param>
    /// <param name="evidence">Its record.</param>
    /// <param name="source">Its text.</param>
    /// <param name="arrived">The analysis that took the text while it arrived, if any.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>The signals.</returns>
    public async Task<IReadOnlyList<Proto.Signal>> AnalyzeAsync(
        EvidenceName name, Proto.Evidence evidence, EvidenceSource source, LogAnalysis? arrived, CancellationToken cancellationToken)
    {
        var previous = evidence.Type is Proto.EvidenceType.Config ? await FindPreviousAsync(name, evidence, cancellationToken) : null;
        var start = time.GetTimestamp();
        var analysis = await signalSearch.FindAsync(source with { Previous = previous }, evidence.Type, arrived, cancellationToken);
        DataTelemetry.AnalysisDuration.Record(
            time.GetElapsedTime(start).TotalSeconds, new KeyValuePair<string, object?>(DataTelemetry.EvidenceType, $"{evidence.Type}"));
        IReadOnlyList<Proto.Signal> signals = [.. FlaggedPassages.SignalsOf(evidence), .. analysis.Signals];
        evidence.SignalCount = signals.Count;
        evidence.StartTime = analysis.StartTime?.ToTimestamp();
        evidence.EndTime = analysis.EndTime?.ToTimestamp();

        return signals;
    }

    /// <summary>Writes into the record of evidence what it is taken for from now on.</summary>
    public void Record(Proto.Evidence evidence, ClassifiedEvidence classified, ClassificationRequest request)
    {
        evidence.Type = classified.Type;
        evidence.Confidence = classified.Confidence;
        evidence.NeedsConfirmation = classified.NeedsConfirmation;
        evidence.Alternatives.Clear();
        evidence.Alternatives.Add(classified.Alternatives.Select(other =>
            new Proto.TypeAlternative { Type = other.Type, Confidence = other.Confidence }));
        evidence.Reasons.Clear();
        evidence.Reasons.Add(classified.Reasons);
        evidence.Classifications.Add(new Proto.Classification
        {
            Type = classified.Type,
            Confidence = classified.Confidence,
            Source = request.Source,
            RequestedBy = request.RequestedBy,
            CreateTime = time.GetUtcNow().ToTimestamp(),
        });

        while (evidence.Classifications.Count > MaxClassifications)
        {
            evidence.Classifications.RemoveAt(0);
        }
    }

    public void Dispose() => _arrivals.Dispose();

    private static string ReadHead(EvidenceSource source)
    {
        using var reader = source.Open();
        var head = new char[EvidenceClassifier.MaxLength];

        return Readable(head.AsSpan(0, reader.ReadBlock(head)));
    }

    // The few NULs that text may have would make it binary to the classifier, which cannot see how few they are.
    private static string Readable(ReadOnlySpan<char> head) => head.ToString().Replace('\0', ' ');

    /// <summary>The settings of the same file name that the case got last before these.</summary>
    private async Task<EvidenceSource?> FindPreviousAsync(EvidenceName name, Proto.Evidence evidence, CancellationToken cancellationToken)
    {
        foreach (var version in await store.ListVersionsAsync(name, evidence.FileName, cancellationToken))
        {
            if (await store.FindAsync(version, cancellationToken) is { Type: Proto.EvidenceType.Config, LineCount: > 0 } previous)
            {
                return await ReadAsync(version, previous, cancellationToken);
            }
        }

        return null;
    }

    /// <summary>Another text of the case, kept in memory and cut where it is too long to be settings.</summary>
    private async Task<EvidenceSource?> ReadAsync(EvidenceName name, Proto.Evidence evidence, CancellationToken cancellationToken)
    {
        await using var stream = await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken);

        if (stream is null)
        {
            return null;
        }

        using var reader = new StreamReader(stream);
        var text = new char[MaxPreviousLength];
        var length = await reader.ReadBlockAsync(text.AsMemory(), cancellationToken);
        var read = new string(text, 0, length);

        return new EvidenceSource(evidence.Name, evidence.FileName, length, () => new StringReader(read));
    }
}
