using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;

namespace FaultMaven.Cli.Tenants;

/// <summary><c>fm tenant export FOLDER</c>: writes all that the caller's tenant has into files.</summary>
internal static class ExportCommand
{
    private static readonly Argument<string> s_folder = new("folder")
    {
        Description = "Where to write it: a folder that does not exist or is empty",
        HelpName = "FOLDER",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command(
            "export",
            "Write all that your tenant has into files of JSON and text: cases with their events, messages, turns and evidence, documents, "
            + "policies and keys (without their secrets). Values that were redacted stay redacted.")
        {
            s_folder,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var folder = new DirectoryInfo(parse.GetRequiredValue(s_folder));
        if (File.Exists(folder.FullName) || (folder.Exists && folder.EnumerateFileSystemInfos().Any()))
        {
            throw new CommandFailedException(ExitCode.Usage, $"{folder.FullName} is not empty; name a new folder.");
        }

        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var export = new TenantExport(connection.Client, folder);
        await ProgressDisplay.RunAsync("Exporting", display => export.RunAsync(display, cancellationToken));
        await Console.Out.WriteLineAsync(
            $"Wrote {Counted.Of(export.Cases, "case")}, {Counted.Of(export.Evidence, "piece")} of evidence and "
            + $"{Counted.Of(export.Documents, "document")} to {folder.FullName}.");
        return (int)ExitCode.Done;
    }
}
