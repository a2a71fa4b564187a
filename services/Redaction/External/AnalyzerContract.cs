using System.Text.Json.Serialization;

namespace FaultMaven.Redaction.External;

/// <summary>What <c>POST /analyze</c> takes.</summary>
internal sealed record AnalyzerRequest(
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("language")] string Language,
    [property: JsonPropertyName("entities")] IReadOnlyList<string> Entities,
    [property: JsonPropertyName("score_threshold")] double ScoreThreshold);

/// <summary>One of what it answers with: <c>{"entity_type":"PERSON","start":7,"end":19,"score":0.85}</c>.</summary>
/// <param name="EntityType">The type.</param>
/// <param name="Start">In Unicode code points, which is how Python counts.</param>
/// <param name="End">Exclusive.</param>
/// <param name="Score">From 0 to 1.</param>
internal sealed record AnalyzerFinding(
    [property: JsonPropertyName("entity_type")] string? EntityType,
    [property: JsonPropertyName("start")] int? Start,
    [property: JsonPropertyName("end")] int? End,
    [property: JsonPropertyName("score")] double? Score);

[JsonSerializable(typeof(AnalyzerRequest))]
[JsonSerializable(typeof(List<AnalyzerFinding>))]
internal sealed partial class AnalyzerJson : JsonSerializerContext;
