namespace FaultMaven.Cli.Terminal;

/// <summary>Shows a person the progress of a command, on standard error.</summary>
internal interface IProgressDisplay
{
    /// <summary>Shows what is being done now, in place of what was shown before. Plain text.</summary>
    void Show(string activity);

    /// <summary>Prints a line that stays. Markup.</summary>
    void Print(string line);
}
