namespace FaultMaven.Protos.Events.V1;

/// <summary>Published by Session once a case is closed. May come more than once.</summary>
/// <param name="Case"><c>cases/{case}</c>.</param>
public sealed record CaseClosed(string Case);
