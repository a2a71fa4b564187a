using FaultMaven.Protos.Operations.V1;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>The settings of this process as they are in effect, without secrets.</summary>
public sealed class EffectiveSettings
{
    private const string Mask = "***";
    private const string OurAssemblies = "FaultMaven.";

    private readonly SettingTypes _types;
    private readonly IEnumerable<HostSetting> _ofHost;
    private readonly IConfiguration _configuration;
    private readonly IHostEnvironment _environment;

    internal EffectiveSettings(
        SettingTypes types, IEnumerable<HostSetting> ofHost, IConfiguration configuration, IHostEnvironment environment)
    {
        _types = types;
        _ofHost = ofHost;
        _configuration = configuration;
        _environment = environment;
    }

    /// <summary>All of them, by key.</summary>
    public IReadOnlyList<EffectiveSetting> List() =>
    [
        .. _types.List()
            .SelectMany(ListSection)
            .Concat(_ofHost.Select(Describe))
            .DistinctBy(setting => setting.Key)
            .OrderBy(setting => setting.Key, StringComparer.Ordinal),
    ];

    // What is not set for one tenant is as it is for all.
    private IEnumerable<EffectiveSetting> ListSection(SettingSection section) => section.Settings(_configuration)
        .Select(item => Describe(item.Setting, item.Key))
        .Where(setting => section.Tenant.Length == 0 || setting.Source is not EffectiveSetting.Types.Source.Default);

    private EffectiveSetting Describe(SettingDescription setting, string key)
    {
        var (values, source) = Find(key, setting.IsList);
        var value = source is EffectiveSetting.Types.Source.Default ? setting.Default : string.Join(", ", values);
        var shown = source is EffectiveSetting.Types.Source.Default
            ? [value]
            : values.Select(setting.Shown).ToArray();
        var isMasked = value.Length > 0 && shown.Contains(null);
        return Describe(key, isMasked ? null : string.Join(", ", shown), source, setting.Default, SettingComments.Of(setting.Property));
    }

    private EffectiveSetting Describe(HostSetting setting)
    {
        var (values, source) = Find(setting.Key, isList: false);
        return Describe(setting.Key, values is [{ Length: > 0 } value] ? setting.Shown(value) : "", source, "", setting.Description);
    }

    private EffectiveSetting Describe(
        string key, string? shown, EffectiveSetting.Types.Source source, string defaultValue, string description) => new()
        {
            Process = _environment.ApplicationName.Replace(OurAssemblies, "", StringComparison.Ordinal).ToLowerInvariant(),
            Key = key,
            Value = shown ?? Mask,
            Masked = shown is null,
            Source = source,
            DefaultValue = defaultValue,
            Description = description,
        };

    private (IReadOnlyList<string> Values, EffectiveSetting.Types.Source Source) Find(string key, bool isList)
    {
        List<string> keys = isList ? [.. _configuration.GetSection(key).GetChildren().Select(item => item.Path)] : [key];
        var values = new List<string>();
        var source = EffectiveSetting.Types.Source.Default;
        foreach (var each in keys)
        {
            if (ProvidersOf(_configuration).FirstOrDefault(provider => provider.TryGet(each, out _)) is { } provider)
            {
                provider.TryGet(each, out var value);
                values.Add(value ?? "");
                source = SourceOf(provider);
            }
        }

        return (values, source);
    }

    // The last one that has a key wins.
    private static IEnumerable<IConfigurationProvider> ProvidersOf(IConfiguration from) =>
        from is not IConfigurationRoot root ? [] : root.Providers.Reverse().SelectMany(provider =>
            provider is ChainedConfigurationProvider chained ? ProvidersOf(chained.Configuration) : [provider]);

    private static EffectiveSetting.Types.Source SourceOf(IConfigurationProvider provider) => provider switch
    {
        EnvironmentVariablesConfigurationProvider => EffectiveSetting.Types.Source.Environment,
        FileConfigurationProvider => EffectiveSetting.Types.Source.File,
        CommandLineConfigurationProvider => EffectiveSetting.Types.Source.CommandLine,
        MemoryConfigurationProvider => EffectiveSetting.Types.Source.Program,
        _ => EffectiveSetting.Types.Source.Other,
    };
}
