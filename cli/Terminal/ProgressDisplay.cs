using Spectre.Console;

namespace FaultMaven.Cli.Terminal;

/// <summary>Runs work under a display: live where standard error is a terminal, plain lines where it is not.</summary>
internal static class ProgressDisplay
{
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
        public void Show(string activity) => context.Status(activity);

        public void Tell(string happened) => console.MarkupLine(happened);
    }

    // A log of a run needs no word of what is under way, only of what happened.
    private sealed class Lines(IAnsiConsole console) : IProgressDisplay
    {
        public void Show(string activity)
        {
        }

        public void Tell(string happened) => console.MarkupLine(happened);
    }

    private sealed class Silent : IProgressDisplay
    {
        public void Show(string activity)
        {
        }

        public void Tell(string happened)
        {
        }
    }
}
