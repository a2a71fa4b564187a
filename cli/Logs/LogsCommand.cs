using System.CommandLine;

namespace FaultMaven.Cli.Logs;

/// <summary><c>fm logs</c>: what can be done with a log without a case.</summary>
internal static class LogsCommand
{
    public static Command Create(TimeProvider time) => new("logs", "Look into a log without opening a case.") { TemplatesCommand.Create(time) };
}
