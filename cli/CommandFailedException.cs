namespace FaultMaven.Cli;

/// <summary>Ends a command with an exit code and one sentence for the person who ran it.</summary>
internal sealed class CommandFailedException(ExitCode exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public ExitCode ExitCode { get; } = exitCode;
}
