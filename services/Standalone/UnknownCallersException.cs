namespace FaultMaven.Standalone;

/// <summary>Callers could reach the address of whom nothing would be known.</summary>
public sealed class UnknownCallersException(string message) : Exception(message);
