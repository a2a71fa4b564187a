namespace FaultMaven.Standalone;

/// <summary>A data folder cannot be used as it is; the message says why and what to do.</summary>
public sealed class DataDirectoryException(string message, Exception? inner) : IOException(message, inner);
