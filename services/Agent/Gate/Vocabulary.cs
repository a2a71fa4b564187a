using System.Text.RegularExpressions;
using FaultMaven.Agents.Catalogue;

namespace FaultMaven.Agents.Gate;

/// <summary>
/// The terms of the catalogue: technical words such as <c>Multi-AZ</c> or <c>OOM-killed</c>, which look like names but name nothing in a
/// system.
/// </summary>
internal sealed partial class Vocabulary(FailureCatalogue catalogue)
{
    private HashSet<string> Terms => field ??= catalogue.Modes
        .SelectMany(mode => new[] { mode.Title, Place().Replace(mode.Statement.Text, " ") })
        .SelectMany(text => Term().Matches(text))
        .Select(term => term.Value.Trim('.', ':', '/', '-'))
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    public bool Contains(string term) => Terms.Contains(term);

    [GeneratedRegex(@"[A-Za-z0-9_][A-Za-z0-9_./:-]*")]
    private static partial Regex Term();

    [GeneratedRegex(@"\{[a-z_]+\}|[\[\]]")]
    private static partial Regex Place();
}
