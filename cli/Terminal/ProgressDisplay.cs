using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaultMaven.Cli.Terminal;

/// <summary>Runs work under a display: live where standard error is a terminal, plain lines where it is not.</summary>
internal static class ProgressDisplay
{
    // The spinner and its space.
    private const int SpinnerWidth = 4;

    public static Task RunAsync(string activity, Func<IProgressDisplay, Task> work)
    {
        var console = Consoles.Error();
        return console.Profile.Capabilities is { Interactive: true, Ansi: true }
            ? console.Status().Spinner(Spinner.Known.Dots).StartAsync(activity, context => work(new Live(console, context)))
            : work(new Lines(console));
    }

    /// <summary>Shows nothing.</summary>
    public static IProgressDisplay None { get; } = new Silent();

    private sealed class Live(IAnsiConsole console, StatusContext context) : IProgressDisplay
    {
        // A status that wraps would be cleared only in part.
        public void Show(string activity)
        {
            var text = PrintableText.Of(activity);
            var width = console.Profile.Width - SpinnerWidth;
            context.Status((text.Length > width ? text[..width] : text).EscapeMarkup());
        }

        public void Print(string line) => console.Write(new OverStatus(new Markup(line)));
    }

    // Spectre.Console moves the cursor to the top of the live display and prints over it, without clearing it.
    private sealed class OverStatus(Markup line) : IRenderable
    {
        private const string EraseToEndOfScreen = "\u001b[J";

        public Measurement Measure(RenderOptions options, int maxWidth) => ((IRenderable)line).Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            [Segment.Control(EraseToEndOfScreen), .. ((IRenderable)line).Render(options, maxWidth), Segment.LineBreak];
    }

    // A log of a run needs what happened, not what is under way.
    private sealed class Lines(IAnsiConsole console) : IProgressDisplay
    {
        private readonly Lock _lock = new();

        public void Show(string activity)
        {
        }

        public void Print(string line)
        {
            lock (_lock)
            {
                console.MarkupLine(line);
            }
        }
    }

    private sealed class Silent : IProgressDisplay
    {
        public void Show(string activity)
        {
        }

        public void Print(string line)
        {
        }
    }
}
