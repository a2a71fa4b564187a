using System.Text.Json.Serialization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>Evidence as <c>fm evidence show --json</c> prints it.</summary>
internal sealed record EvidenceDetailsJson(
    string Name,
    string FileName,
    string Type,
    double Confidence,
    bool NeedsConfirmation,
    IReadOnlyList<AlternativeJson> Alternatives,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<ClassificationJson> Classifications,
    long SizeBytes,
    long Lines,
    int Signals,
    string Encoding,
    string ContentSha256,
    string SourceArchive,
    DateTimeOffset CreateTime,
    DateTimeOffset? StartTime,
    DateTimeOffset? EndTime,
    IReadOnlyDictionary<string, long> Redactions)
{
    public static EvidenceDetailsJson From(Evidence evidence) => new(
        evidence.Name,
        evidence.FileName,
        JsonOutput.Name(evidence.Type),
        evidence.Confidence,
        evidence.NeedsConfirmation,
        [.. evidence.Alternatives.Select(other => new AlternativeJson(JsonOutput.Name(other.Type), other.Confidence))],
        [.. evidence.Reasons],
        [.. evidence.Classifications.Select(ClassificationJson.From)],
        evidence.SizeBytes,
        evidence.LineCount,
        evidence.SignalCount,
        evidence.Encoding,
        evidence.ContentSha256,
        evidence.SourceArchive,
        evidence.CreateTime.ToDateTimeOffset(),
        evidence.StartTime?.ToDateTimeOffset(),
        evidence.EndTime?.ToDateTimeOffset(),
        evidence.Redactions);
}

internal sealed record AlternativeJson(string Type, double Confidence);

/// <summary>One decision about the type, the last one is in force.</summary>
internal sealed record ClassificationJson(string Type, double Confidence, string Source, string RequestedBy, DateTimeOffset CreateTime)
{
    public static ClassificationJson From(Classification decided) => new(
        JsonOutput.Name(decided.Type),
        decided.Confidence,
        JsonOutput.Name(decided.Source),
        decided.RequestedBy,
        decided.CreateTime.ToDateTimeOffset());
}

/// <summary>The evidence of a case, oldest first.</summary>
internal sealed record EvidenceListJson(IReadOnlyList<EvidenceDetailsJson> Evidence);

[JsonSerializable(typeof(EvidenceListJson))]
[JsonSerializable(typeof(SearchJson))]
[JsonSerializable(typeof(GraphJson))]
[JsonSerializable(typeof(TimelineJson))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext
{
    public static EvidenceJsonContext Standard { get; } = new(new(JsonOutput.Options));
}
