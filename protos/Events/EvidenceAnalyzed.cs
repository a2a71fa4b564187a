namespace FaultMaven.Protos.Events.V1;

/// <summary>Published by Data once evidence is stored and analysed. May come more than once.</summary>
/// <param name="Case"><c>cases/{case}</c>.</param>
/// <param name="Evidence"><c>cases/{case}/evidence/{evidence}</c>.</param>
/// <param name="FileName">Its file name, redacted.</param>
/// <param name="SignalCount">How many signals were found in it.</param>
public sealed record EvidenceAnalyzed(string Case, string Evidence, string FileName, int SignalCount);
