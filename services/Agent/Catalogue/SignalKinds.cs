using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Catalogue;

/// <summary>The kinds of signal that the Data service finds, as docs/signals.md lists them.</summary>
internal sealed partial class SignalKinds
{
    private readonly Dictionary<string, SignalKind> _kinds;

    private SignalKinds(Dictionary<string, SignalKind> kinds) => _kinds = kinds;

    /// <summary>The kinds as documented when this service was built.</summary>
    public static SignalKinds Documented { get; } = Parse(EmbeddedText.Read("signals.md"));

    public static SignalKinds Parse(string markdown) => new(
        KindRow().Matches(markdown).Select(row => new SignalKind(
            row.Groups["kind"].Value,
            row.Groups["means"].Value.StartsWith("normal:", StringComparison.Ordinal),
            [.. Quoted().Matches(row.Groups["attributes"].Value).Select(name => name.Groups[1].Value)]))
        .ToDictionary(kind => kind.Name, StringComparer.Ordinal));

    /// <summary>The kinds that a pattern matches: one by its name, or several by a name that ends in <c>*</c>.</summary>
    public IReadOnlyList<SignalKind> Matching(string pattern) => pattern.EndsWith('*')
        ? [.. _kinds.Values.Where(kind => kind.Name.StartsWith(pattern[..^1], StringComparison.Ordinal))]
        : _kinds.TryGetValue(pattern, out var kind) ? [kind] : [];

    // | `log.gap` | the log fell silent for much longer than usual | `seconds`, `service` |
    [GeneratedRegex(@"^\| `(?<kind>[a-z_]+\.[a-z_]+)` \| (?<means>[^|\n]+) \|(?<attributes>[^|\n]*)\|", RegexOptions.Multiline)]
    private static partial Regex KindRow();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Quoted();
}

/// <summary>One kind of signal.</summary>
/// <param name="Name">Its name, such as <c>pod.oom_killed</c>.</param>
/// <param name="IsNormal">True if it reports that something is normal.</param>
/// <param name="Attributes">The attributes that it may have.</param>
internal sealed record SignalKind(string Name, bool IsNormal, IReadOnlyList<string> Attributes);
