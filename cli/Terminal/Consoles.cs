using Spectre.Console;

namespace FaultMaven.Cli.Terminal;

/// <summary>Makes the consoles for people. Styles and width follow the terminal; a file or pipe gets plain, unwrapped text.</summary>
internal static class Consoles
{
    private const string NoColor = "NO_COLOR";
    private const int UnwrappedWidth = 1_000_000;
    private const int WidestText = 120;

    public static IAnsiConsole Output() => Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Error() => Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Makes the consoles that are created from now on print plain text.</summary>
    public static void DisableStyles() => Environment.SetEnvironmentVariable(NoColor, "1");

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        // Spectre.Console understands NO_COLOR as "no colours" and keeps bold, dim and the moving status line.
        var isPlain = redirected || Environment.GetEnvironmentVariable(NoColor) is { Length: > 0 };
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = isPlain ? InteractionSupport.No : InteractionSupport.Detect,
        });
        console.Profile.Width = redirected ? UnwrappedWidth : Math.Min(console.Profile.Width, WidestText);
        return console;
    }
}
