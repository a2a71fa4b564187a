using System.CommandLine;
using FaultMaven.Cli.Terminal;
using FaultMaven.Standalone.Admin;

namespace FaultMaven.Cli.Admin;

/// <summary><c>fm admin backup DIR</c>: a consistent copy of the data folder, also while <c>fm serve</c> runs.</summary>
internal static class BackupCommand
{
    private static readonly Argument<string> s_target = new("folder")
    {
        Description = "Where the backup goes: a folder that is empty or does not exist",
        HelpName = "DIR",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("backup", "Copy the data folder, also while a server uses it.") { s_target };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var directory = AdminCommand.DirectoryOf(parse);
        var target = Path.GetFullPath(parse.GetRequiredValue(s_target));
        BackupSummary? written = null;
        await ProgressDisplay.RunAsync("Making a backup", async display => written = await DataFolderBackup.WriteAsync(
            directory, target, time, new ShownProgress(display), cancellationToken));
        await Console.Out.WriteLineAsync(
            $"{target} has the backup of {written!.Time:yyyy-MM-dd HH:mm:ss}Z: {Counted.Of(written.Files, "file")}, {written.Bytes} bytes."
                .AsMemory(),
            cancellationToken);
        if (!written.HasTexts)
        {
            await Console.Error.WriteLineAsync(
                "The texts of evidence are in a bucket (Data:Blobs:S3) and not in this backup; copy the bucket now.".AsMemory(),
                cancellationToken);
        }

        return (int)ExitCode.Done;
    }
}
