using System.CommandLine;
using FaultMaven.Cli.Terminal;
using FaultMaven.Standalone.Admin;

namespace FaultMaven.Cli.Admin;

/// <summary><c>fm admin check [DIR]</c>: whether all that is kept is there, fits together and can be read.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string?> s_folder = new("folder")
    {
        Description = "A backup [default: the data folder]",
        HelpName = "DIR",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<bool> s_quick = new("--quick")
    {
        Description = "Look for the texts of evidence without reading them",
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("check", "Verify a data folder, also while a server uses it, or a backup.") { s_folder, s_quick };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var own = AdminCommand.DirectoryOf(parse);
        var directory = parse.GetValue(s_folder) ?? own;
        CheckReport? report = null;
        await ProgressDisplay.RunAsync("Checking", async display => report = await DataFolderCheck.RunAsync(
            directory, !parse.GetValue(s_quick), time, new ShownProgress(display), cancellationToken));
        await CheckText.WriteAsync(report!, cancellationToken);
        return (int)(report!.Problems.Count == 0 ? ExitCode.Done : ExitCode.Unsound);
    }
}
