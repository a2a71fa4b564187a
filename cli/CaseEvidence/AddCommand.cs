using System.CommandLine;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence add CASE PATH...</c>: more evidence for a case.</summary>
internal static class AddCommand
{
    private static readonly Argument<string[]> s_paths = new("path")
    {
        Description = "Files and folders; - for standard input",
        HelpName = "PATH",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("add", "Add files to a case.") { CaseArguments.Case, s_paths };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var files = EvidenceFile.Collect(parse.GetRequiredValue(s_paths));

        await ProgressDisplay.RunAsync("Starting", async display =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
            var upload = new EvidenceUpload(new DataServiceClient(connection.Calls), display, () => Task.FromResult(name));
            await upload.RunAsync(files, cancellationToken);
            display.Print($"[dim]To ask what it changes: {PrintableText.Markup(new NextCommand(parse).Ask(name))}[/]");
        });

        return (int)ExitCode.Done;
    }
}
