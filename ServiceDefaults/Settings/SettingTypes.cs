using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>The types of options that this process uses, and where in the configuration they are.</summary>
/// <param name="services">All that is registered, at the time of the call.</param>
/// <param name="configuration">What is set.</param>
internal sealed class SettingTypes(IServiceCollection services, IConfiguration configuration)
{
    private static readonly Type[] s_uses = [typeof(IConfigureOptions<>), typeof(IValidateOptions<>), typeof(IOptionsChangeTokenSource<>)];

    /// <summary>The sections in their order, with those of each tenant that has settings of its own.</summary>
    public IReadOnlyList<SettingSection> List() =>
    [
        .. services
            .Where(service => service.ServiceType.IsGenericType && s_uses.Contains(service.ServiceType.GetGenericTypeDefinition()))
            .Select(service => service.ServiceType.GetGenericArguments()[0])
            .Distinct()
            .Where(type => type.Namespace?.StartsWith("FaultMaven.", StringComparison.Ordinal) == true)
            .SelectMany(SectionsOf)
            .OrderBy(section => section.Path, StringComparer.Ordinal)
            .ThenBy(section => section.Type.Name, StringComparer.Ordinal),
    ];

    private IEnumerable<SettingSection> SectionsOf(Type type)
    {
        if (SettingDescription.SectionOf(type) is not { } section)
        {
            yield break;
        }

        yield return new SettingSection(type, section, Options.DefaultName);

        if (SettingDescription.TenantSectionOf(type)?.Split(":*:") is [var before, var after])
        {
            foreach (var tenant in configuration.GetSection(before).GetChildren())
            {
                yield return new SettingSection(type, $"{tenant.Path}:{after}", tenant.Key);
            }
        }
    }
}

/// <summary>A section of the configuration.</summary>
/// <param name="Type">The options that are bound to it.</param>
/// <param name="Path">Its key.</param>
/// <param name="Tenant">Whose it is, which is also the name of the options; empty for all tenants.</param>
internal sealed record SettingSection(Type Type, string Path, string Tenant)
{
    /// <summary>Whether other processes have settings in it that this one does not know.</summary>
    public bool IsShared => Type.IsDefined(typeof(SharedSectionAttribute), inherit: false);

    /// <summary>Its settings; of a list of options those of each item that is set, or of the first that could be.</summary>
    public IEnumerable<(SettingDescription Setting, string Key)> Settings(IConfiguration configuration)
    {
        const string First = ":0:";
        foreach (var setting in SettingDescription.Of(Type, Path).Where(setting => Tenant.Length == 0 || setting.IsPerTenant))
        {
            var at = setting.Key.IndexOf(First, Path.Length, StringComparison.Ordinal);
            if (at < 0)
            {
                yield return (setting, setting.Key);
                continue;
            }

            var list = configuration.GetSection(setting.Key[..at]);
            foreach (var item in list.GetChildren().Select(item => item.Key).DefaultIfEmpty("0"))
            {
                yield return (setting, $"{list.Path}:{item}:{setting.Key[(at + First.Length)..]}");
            }
        }
    }
}
