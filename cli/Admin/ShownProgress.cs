using FaultMaven.Cli.Terminal;

namespace FaultMaven.Cli.Admin;

/// <summary>Shows progress where it is made; <see cref="Progress{T}"/> would show it later and out of order.</summary>
internal sealed class ShownProgress(IProgressDisplay display) : IProgress<string>
{
    public void Report(string value) => display.Show(value);
}
