using System.CommandLine;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case</c>: the investigations so far.</summary>
internal static class CasesCommand
{
    public static Command Create(TimeProvider time) => new("case", "List, show, open, change, close and delete cases.")
    {
        ListCommand.Create(time),
        ShowCommand.Create(time),
        OpenCommand.Create(time),
        UpdateCommand.Create(time),
        CloseCommand.Create(time),
        ReopenCommand.Create(time),
        DeleteCommand.Create(time),
    };
}
