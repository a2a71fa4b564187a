using System.Collections.Concurrent;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>What the comments in the source say of settings. They come from the documentation files beside the assemblies.</summary>
internal static partial class SettingComments
{
    private static readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, string>> s_read = [];

    /// <summary>The summary of a setting; empty if there is none.</summary>
    public static string Of(PropertyInfo setting)
    {
        var declaring = setting.DeclaringType!;
        return s_read.GetOrAdd(declaring.Assembly, Read).GetValueOrDefault($"P:{declaring.FullName!.Replace('+', '.')}.{setting.Name}", "");
    }

    private static Dictionary<string, string> Read(Assembly assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        return File.Exists(path)
            ? XDocument.Load(path).Descendants("member")
                .Where(member => (string?)member.Attribute("name") is ['P', ':', ..])
                .DistinctBy(member => (string)member.Attribute("name")!)
                .ToDictionary(member => (string)member.Attribute("name")!, member => TextOf(member.Element("summary")))
            : [];
    }

    private static string TextOf(XElement? summary) => summary is null ? "" : Blanks().Replace(
        string.Concat(summary.Nodes().Select(node => node switch
        {
            XElement { Name.LocalName: "see" } see => $"`{((string?)see.Attribute("cref") ?? "").Split('.')[^1]}`",
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement other => other.Value,
            _ => node.ToString(SaveOptions.DisableFormatting),
        })),
        " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
