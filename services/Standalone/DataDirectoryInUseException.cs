namespace FaultMaven.Standalone;

/// <summary>Another process uses the data folder.</summary>
public sealed class DataDirectoryInUseException(string directory, Exception? inner)
    : IOException($"The data folder {directory} is in use by another FaultMaven process.", inner);
