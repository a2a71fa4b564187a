namespace FaultMaven.Protos.Events.V1;

/// <summary>Published by Agent once a turn has its answer. May come more than once.</summary>
/// <param name="Case"><c>cases/{case}</c>.</param>
/// <param name="Turn"><c>cases/{case}/turns/{turn}</c>.</param>
/// <param name="Conclusion">What it concluded, in one sentence, redacted.</param>
public sealed record TurnCompleted(string Case, string Turn, string Conclusion);
