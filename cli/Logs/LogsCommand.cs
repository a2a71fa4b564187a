using System.CommandLine;

namespace FaultMaven.Cli.Logs;

/// <summary><c>fm logs</c>: work on a log without a case.</summary>
internal static class LogsCommand
{
    public static Command Create(TimeProvider time) => new("logs", "Analyse a log without opening a case.")
    {
        TemplatesCommand.Create(time),
    };
}
