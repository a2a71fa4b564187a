using Microsoft.Extensions.Configuration;

namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>
/// Finds keys that are set and mean nothing, in the sections that the process knows. A misspelt key would leave the default in effect, and
/// no one would notice.
/// </summary>
internal sealed class UnknownSettings(IReadOnlyList<SettingSection> sections, IConfiguration configuration)
{
    private readonly Dictionary<string, SettingDescription> _known = sections
        .SelectMany(section => section.Settings(configuration))
        .DistinctBy(item => item.Key, StringComparer.OrdinalIgnoreCase)
        .ToDictionary(item => item.Key, item => item.Setting, StringComparer.OrdinalIgnoreCase);

    /// <summary>A sentence for each of them.</summary>
    public IEnumerable<string> Find() => sections
        .Where(section => !section.IsShared)
        .SelectMany(section => configuration.GetSection(section.Path).GetChildren())
        .SelectMany(Judge)
        .Concat(configuration.GetChildren().Where(section => section.GetChildren().Any()).SelectMany(JudgeRoot));

    private IEnumerable<string> Judge(IConfigurationSection section)
    {
        if (_known.TryGetValue(section.Path, out var setting))
        {
            return setting.IsList ? JudgeList(section) : section.GetChildren().Select(child => Unknown(child.Path, null));
        }

        return _known.Keys.Any(key => IsBelow(key, section.Path))
            ? section.GetChildren().SelectMany(Judge)
            : [Unknown(section.Path, Nearest(section))];
    }

    private static IEnumerable<string> JudgeList(IConfigurationSection list) =>
        list.Value is { Length: > 0 }
            ? [$"{list.Path} is a list: set {list.Path}:0 to its first item, {list.Path}:1 to the second."]
            : list.GetChildren().Where(item => item.GetChildren().Any()).Select(item => Unknown(item.GetChildren().First().Path, null));

    // What else is in the environment is the business of others, unless the name is nearly one of ours.
    private IEnumerable<string> JudgeRoot(IConfigurationSection section)
    {
        var roots = _known.Keys.Select(key => key.Split(':')[0]).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return !roots.Contains(section.Key, StringComparer.OrdinalIgnoreCase)
            && roots.Find(root => Spelling.Distance(root, section.Key) <= (root.Length < 8 ? 1 : 2)) is { } near
                ? section.GetChildren().Select(child => Unknown(child.Path, $"{near}:{child.Key}"))
                : [];
    }

    private string? Nearest(IConfigurationSection unknown)
    {
        var parent = unknown.Path[..^unknown.Key.Length];
        var near = _known.Keys
            .Where(key => key.StartsWith(parent, StringComparison.OrdinalIgnoreCase))
            .Select(key => key[parent.Length..].Split(':')[0])
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: name, Distance: Spelling.Distance(name, unknown.Key)))
            .OrderBy(item => item.Distance)
            .FirstOrDefault();
        return near.Name is not null && near.Distance <= Math.Max(2, near.Name.Length / 3) ? parent + near.Name : null;
    }

    private static string Unknown(string key, string? meant) => meant is null
        ? $"{key} is not a setting; remove it, or look its name up in docs/settings.md."
        : $"{key} is not a setting; did you mean {meant}?";

    private static bool IsBelow(string key, string section) =>
        key.Length > section.Length && key[section.Length] == ':' && key.StartsWith(section, StringComparison.OrdinalIgnoreCase);
}
