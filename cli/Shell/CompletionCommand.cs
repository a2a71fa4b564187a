using System.CommandLine;

namespace FaultMaven.Cli.Shell;

/// <summary><c>fm completion bash|zsh</c>: a script that makes a shell complete commands and options.</summary>
internal static class CompletionCommand
{
    // fm itself answers: [suggest:POSITION] is a directive of System.CommandLine that prints one completion a line.
    private const string Bash =
        """
        _fm() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$(fm "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _fm fm
        """;

    private const string Zsh =
        """
        #compdef fm
        _fm() {
          local -a found
          found=("${(@f)$(fm "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
          compadd -a found
          _files
        }
        compdef _fm fm
        """;

    private static readonly Argument<string> s_shell = new Argument<string>("shell")
    {
        Description = "The shell: bash or zsh",
        HelpName = "SHELL",
    }.AcceptOnlyFromAmong("bash", "zsh");

    public static Command Create()
    {
        var command = new Command("completion", "Print a script that completes commands and options in your shell.") { s_shell };
        command.SetAction(async (parse, _) =>
        {
            await Console.Out.WriteLineAsync(parse.GetRequiredValue(s_shell) == "bash" ? Bash : Zsh);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
