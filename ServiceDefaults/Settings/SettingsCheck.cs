using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>
/// Checks all options of the process before anything starts, and says of each that is wrong which key it has. Without it, messages name
/// classes and properties, which operators do not know, and repeat values, which may be secrets.
/// </summary>
internal sealed partial class SettingsCheck(
    SettingTypes types, IEnumerable<HostSetting> ofHost, IConfiguration configuration, IServiceProvider services) : IStartupValidator
{
    private bool _isDone;

    /// <inheritdoc/>
    /// <exception cref="SettingsException">Some settings are wrong.</exception>
    public void Validate()
    {
        if (_isDone)
        {
            return;
        }

        var sections = types.List();
        var problems = new UnknownSettings(sections, configuration).Find().ToList();
        foreach (var section in sections)
        {
            var unreadable = section.Settings(configuration).SelectMany(item => ProblemsOf(item.Setting, item.Key)).ToList();
            problems.AddRange(unreadable.Count > 0 ? unreadable : ProblemsOf(section));
        }

        problems.AddRange(ofHost
            .Select(setting => (setting.Key, MustBe: setting.MustBe(configuration[setting.Key] ?? "")))
            .Where(item => item.MustBe is not null)
            .Select(item => $"{item.Key} must be {item.MustBe}."));
        if (problems.Count > 0)
        {
            throw new SettingsException([.. problems.Distinct()]);
        }

        _isDone = true;
    }

    // The binder fails at the first one, or leaves it out if it is an item of a list.
    private IEnumerable<string> ProblemsOf(SettingDescription setting, string key)
    {
        var section = configuration.GetSection(key);
        return from item in setting.IsList ? section.GetChildren() : [section]
               where item.Value is { } value && !setting.CanRead(value)
               select $"{item.Path} must be {setting.Kind}.";
    }

    private IEnumerable<string> ProblemsOf(SettingSection section)
    {
        try
        {
            var options = services.GetRequiredService(typeof(IOptionsMonitor<>).MakeGenericType(section.Type));
            _ = ((IOptionsMonitor<object>)options).Get(section.Tenant);
            return [];
        }
        catch (InvalidOperationException) when (section.Tenant.Length > 0)
        {
            // What cannot be read is in the section of all tenants, which is checked by itself.
            return [];
        }
        catch (OptionsValidationException exception)
        {
            return exception.Failures.Select(failure => WithKey(failure, section));
        }
    }

    // The generated validators name the property as `TurnOptions.Parallel`, or as `Keys[0].Id` within it, or with the name of the options
    // for the type; and in front of it all once more.
    private static string WithKey(string failure, SettingSection section)
    {
        var settings = SettingDescription.Of(section.Type, section.Path);
        foreach (var setting in settings.OrderByDescending(setting => setting.Property.Name.Length))
        {
            var name = section.Tenant.Length > 0 ? section.Tenant : section.Type.Name;
            failure = failure.Replace($"{name}.{setting.Property.Name}", setting.Key, StringComparison.Ordinal);
        }

        failure = Twice().Replace(Item().Replace(failure, ":$1:"), "");
        return failure.Contains(section.Path, StringComparison.Ordinal) ? failure : $"{section.Path}: {failure}";
    }

    // MaxRequests: The field RequestLimits:MaxRequests must be between 1 and 1000000.
    [GeneratedRegex(@"^\w+: The field (?=\w+:)")]
    private static partial Regex Twice();

    // Redaction:Keys[0].Id
    [GeneratedRegex(@"(?<=:\w+)\[(\d+)\]\.")]
    private static partial Regex Item();
}
