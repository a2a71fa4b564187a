namespace FaultMaven.Cli.Terminal;

/// <summary>Shows a person how far a command is, on standard error.</summary>
internal interface IProgressDisplay
{
    /// <summary>What is being done now; replaces what was shown before. Markup.</summary>
    void Show(string activity);

    /// <summary>What happened; stays. Markup.</summary>
    void Tell(string happened);
}
