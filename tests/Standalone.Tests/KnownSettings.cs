using System.Reflection;
using FaultMaven.ServiceDefaults.Settings;

namespace FaultMaven.Standalone.Tests;

/// <summary>All settings of all services, from the types of options.</summary>
internal static class KnownSettings
{
    public static IReadOnlyList<SettingDescription> All { get; } =
    [
        .. Directory.EnumerateFiles(AppContext.BaseDirectory, "FaultMaven.*.dll")
            .Where(file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal))
            .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
            .Where(type => SettingDescription.SectionOf(type) is not null)
            .SelectMany(type => SettingDescription.Of(type, SettingDescription.SectionOf(type)!)),
    ];
}
