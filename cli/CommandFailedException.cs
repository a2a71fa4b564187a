namespace FaultMaven.Cli;

/// <summary>Ends a command with an exit code and one sentence of explanation.</summary>
internal sealed class CommandFailedException(ExitCode exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public ExitCode ExitCode { get; } = exitCode;
}
