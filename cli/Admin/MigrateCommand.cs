using System.CommandLine;
using FaultMaven.Cli.Terminal;
using FaultMaven.Standalone;
using FaultMaven.Standalone.Admin;

namespace FaultMaven.Cli.Admin;

/// <summary><c>fm admin migrate KIND --to N</c>: makes files readable for an earlier version of FaultMaven.</summary>
internal static class MigrateCommand
{
    private static readonly Argument<SchemaKind> s_kind = new("kind")
    {
        Description = "Which files",
        HelpName = "state|knowledge",
    };

    private static readonly Option<int> s_to = new("--to")
    {
        Description = "The version of the tables that the earlier FaultMaven writes; 'fm admin check' prints the one there is",
        HelpName = "N",
        Required = true,
    };

    public static Command Create()
    {
        var command = new Command("migrate", "Bring files to an earlier schema, before going back to an earlier FaultMaven.")
        {
            s_kind, s_to,
        };
        command.Validators.Add(result =>
        {
            var known = DataFolderMigration.Known.GetValueOrDefault(result.GetValue(s_kind));
            if (result.GetValue(s_to) is var to && (to < 1 || to > known))
            {
                result.AddError($"--to must be from 1 to {known}, not {to}.");
            }
        });
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var directory = AdminCommand.DirectoryOf(parse);
        try
        {
            var files = DataFolderMigration.Run(directory, parse.GetValue(s_kind), parse.GetValue(s_to));
            await Console.Out.WriteLineAsync(
                $"{Counted.Of(files.Count, "file")} in {directory} now {(files.Count == 1 ? "has" : "have")} schema {parse.GetValue(s_to)}."
                    .AsMemory(),
                cancellationToken);
            return (int)ExitCode.Done;
        }
        catch (DataDirectoryInUseException exception)
        {
            throw new CommandFailedException(
                ExitCode.Unavailable, $"A process is using {directory}; stop it first, for example fm serve.", exception);
        }
    }
}
