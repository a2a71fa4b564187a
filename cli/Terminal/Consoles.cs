using Spectre.Console;

namespace FaultMaven.Cli.Terminal;

/// <summary>Makes the consoles for people. Colours and width follow the terminal; a file or pipe gets plain, unwrapped text.</summary>
internal static class Consoles
{
    private const int UnwrappedWidth = 1_000_000;
    private const int WidestText = 120;

    public static IAnsiConsole Output() => Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error() => Create(Console.Error, Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = redirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = redirected ? InteractionSupport.No : InteractionSupport.Detect,
        });
        console.Profile.Width = redirected ? UnwrappedWidth : Math.Min(console.Profile.Width, WidestText);
        return console;
    }
}
