using System.ComponentModel;
using System.Text.Json.Serialization;

namespace FaultMaven.Agents.Models;

/// <summary>The answer of a model; its JSON schema is generated from this type.</summary>
internal sealed record ModelReply(
    [property: JsonPropertyName("category"),
        Description("resource_exhaustion, configuration_error, infrastructure, dependency_failure, code_defect, data_quality, healthy or "
            + "unknown")] string Category,
    [property: JsonPropertyName("root_cause"),
        Description("The cause, or why there is none, in one or two sentences, no more certain than the evidence")] string RootCause,
    [property: JsonPropertyName("summary"), Description("Two to four sentences for an engineer on call")] string Summary,
    [property: JsonPropertyName("claims"),
        Description("What supports the answer; the first claim states the cause")] IReadOnlyList<ModelClaim> Claims);

/// <summary>One statement of a model.</summary>
internal sealed record ModelClaim(
    [property: JsonPropertyName("text"), Description("One sentence with figures and names exactly as the signals give them")] string Text,
    [property: JsonPropertyName("signals"),
        Description("The ids of the signals that support it, such as S1; at least one")] IReadOnlyList<string> Signals);
