using System.Text.RegularExpressions;

namespace FaultMaven.Contracts.Tests;

public sealed partial class TheSignals
{
    /// <summary>
    /// The Agent's catalogue and the Data service share no code; docs/signals.md, printed from Data's registry, is what they agree on.
    /// </summary>
    [Fact]
    public void That_failure_modes_are_written_against_are_all_registered()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "signals.md"));
        var registered = RegisteredKind().Matches(page).Select(row => row.Groups[1].Value).ToHashSet();
        var modes = Directory.GetFiles(Path.Combine(Repository.Root, "services", "Agent"), "*.yaml", SearchOption.AllDirectories);

        Assert.NotEmpty(registered);
        Assert.NotEmpty(modes);
        Assert.All(modes, mode => Assert.All(
            UsedKind().Matches(File.ReadAllText(mode)).Select(use => use.Groups[1].Value),
            used => Assert.True(IsRegistered(used), $"{Path.GetFileName(mode)}: {used} is not registered.")));

        bool IsRegistered(string used) => used.EndsWith('*')
            ? registered.Any(kind => kind.StartsWith(used[..^1], StringComparison.Ordinal))
            : registered.Contains(used);
    }

    // | `log.gap` | the log fell silent for much longer than usual | …
    [GeneratedRegex(@"^\| `([a-z_]+\.[a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex RegisteredKind();

    //     - kind: log.gap
    [GeneratedRegex(@"\bkind: *[""']?([a-z_]+\.[a-z_*]*)")]
    private static partial Regex UsedKind();
}
