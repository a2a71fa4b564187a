using System.CommandLine;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case</c>: the investigations so far.</summary>
internal static class CasesCommand
{
    public static Command Create(TimeProvider time) => new("case", "List, show, open, change, share, close and delete cases.")
    {
        ListCommand.Create(time),
        ShowCommand.Create(time),
        OpenCommand.Create(time),
        UpdateCommand.Create(time),
        MemoryCommand.Create(time),
        MembersCommand.Create(time),
        ShareCommand.Create(time),
        UnshareCommand.Create(time),
        TransferCommand.Create(time),
        CloseCommand.Create(time),
        ReopenCommand.Create(time),
        DeleteCommand.Create(time),
    };
}
