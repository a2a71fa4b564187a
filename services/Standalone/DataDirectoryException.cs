namespace FaultMaven.Standalone;

/// <summary>The data folder cannot be used; the message says why and what to do.</summary>
public sealed class DataDirectoryException(string message, Exception? inner) : IOException(message, inner);
