using System.CommandLine;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case</c>: what was investigated before.</summary>
internal static class CasesCommand
{
    public static Command Create(TimeProvider time) => new("case", "Come back to what was investigated before.")
    {
        ListCommand.Create(time),
        ShowCommand.Create(time),
    };
}
