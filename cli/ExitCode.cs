namespace FaultMaven.Cli;

/// <summary>The result of a run; <c>fm --help</c> lists the codes.</summary>
internal enum ExitCode
{
    /// <summary>Done, whatever the result: an investigation without enough evidence has answered too.</summary>
    Done = 0,

    /// <summary>A bug of FaultMaven.</summary>
    Failed = 1,

    /// <summary>The command line is wrong.</summary>
    Usage = 2,

    /// <summary>An input does not exist, cannot be read, or has the wrong format.</summary>
    Unreadable = 3,

    /// <summary>The service does not answer, or another process uses the data folder.</summary>
    Unavailable = 4,

    /// <summary>The service refused: something named does not exist, or the request is not acceptable.</summary>
    Refused = 5,

    /// <summary>No space or no permission to write.</summary>
    NotWritable = 6,

    /// <summary>A check found problems.</summary>
    Unsound = 7,

    /// <summary>Ctrl-C, as shells report it.</summary>
    Interrupted = 130,
}
