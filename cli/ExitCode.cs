namespace FaultMaven.Cli;

/// <summary>What a run amounts to; <c>fm --help</c> lists them.</summary>
internal enum ExitCode
{
    /// <summary>Done, whatever was found: an investigation that lacks evidence has still answered.</summary>
    Done = 0,

    /// <summary>Our bug.</summary>
    Failed = 1,

    /// <summary>The command line makes no sense.</summary>
    Usage = 2,

    /// <summary>An input does not exist, cannot be read, or is not what the command reads.</summary>
    Unreadable = 3,

    /// <summary>The service does not answer, or another process holds the data folder.</summary>
    Unavailable = 4,

    /// <summary>The service refused: what was named does not exist, or what was sent is not acceptable.</summary>
    Refused = 5,

    /// <summary>There is no room to write, or no permission to.</summary>
    NotWritable = 6,

    /// <summary>Ctrl-C, as shells report it.</summary>
    Interrupted = 130,
}
