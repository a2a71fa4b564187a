namespace FaultMaven.Redaction.Policies;

/// <summary>The types that a recogniser outside this service is asked for. A policy may name them.</summary>
internal sealed record ForeignTypes(IReadOnlyList<string> Names);
