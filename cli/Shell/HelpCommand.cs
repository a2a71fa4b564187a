using System.CommandLine;

namespace FaultMaven.Cli.Shell;

/// <summary><c>fm help [COMMAND...]</c>: the same as <c>--help</c> after the command.</summary>
internal static class HelpCommand
{
    private static readonly Argument<string[]> s_command = new("command")
    {
        Description = "The command to explain, such as 'evidence search'",
        HelpName = "COMMAND",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Command Create(RootCommand root)
    {
        var command = new Command("help", "Explain a command.") { s_command };
        command.SetAction((parse, _) => ShowAsync(root, Find(root, parse.GetValue(s_command) ?? [])));
        return command;
    }

    /// <summary>Prints the help of a command.</summary>
    public static Task<int> ShowAsync(Command root, Command command) =>
        root.Parse([.. HelpText.PathOf(command).Split(' ').Skip(1), "--help"]).InvokeAsync();

    private static Command Find(Command command, IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            command = command.Subcommands.FirstOrDefault(below => below.Name == word)
                ?? throw new CommandFailedException(ExitCode.Usage, $"There is no command '{HelpText.PathOf(command)} {word}'.");
        }

        return command;
    }
}
