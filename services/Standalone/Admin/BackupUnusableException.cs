namespace FaultMaven.Standalone.Admin;

/// <summary>A backup is incomplete or damaged, or of a newer version; the message says which and what to do.</summary>
public sealed class BackupUnusableException(string message, Exception? inner = null) : IOException(message, inner);
