using System.CommandLine;
using FaultMaven.Cli.Terminal;
using FaultMaven.Standalone.Admin;

namespace FaultMaven.Cli.Admin;

/// <summary><c>fm admin restore DIR</c>: a data folder from a backup.</summary>
internal static class RestoreBackupCommand
{
    private static readonly Argument<string> s_backup = new("folder")
    {
        Description = "The backup",
        HelpName = "DIR",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("restore", "Make a data folder of a backup; --data-dir must be empty or not exist.") { s_backup };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var directory = AdminCommand.DirectoryOf(parse);
        CheckReport? report = null;
        await ProgressDisplay.RunAsync("Restoring", async display => report = await DataFolderRestore.RunAsync(
            parse.GetRequiredValue(s_backup), directory, time, new ShownProgress(display), cancellationToken));
        await CheckText.WriteAsync(report!, cancellationToken);
        await Console.Out.WriteLineAsync($"{directory} is restored.".AsMemory(), cancellationToken);
        return (int)ExitCode.Done;
    }
}
