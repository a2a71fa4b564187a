using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>Reads what tenants have of their own in one section.</summary>
/// <param name="configuration">All settings.</param>
/// <param name="section">The section, such as <c>Redaction:Vault</c>.</param>
internal sealed class TenantOptionsReader<TOptions>(IConfiguration configuration, string section)
    where TOptions : class
{
    /// <summary>The options of each tenant that has any of its own.</summary>
    /// <exception cref="InvalidOperationException">A value is not of its setting's type; the message names the key.</exception>
    public IEnumerable<(string Key, string Tenant, TOptions Options)> Read()
    {
        foreach (var entry in configuration.GetSection(TenantSettings.Key).GetChildren())
        {
            var own = entry.GetSection(section);
            if (own.GetChildren().Any() && entry[TenantSettings.Name] is { } tenant)
            {
                var options = (TOptions)Activator.CreateInstance(typeof(TOptions), nonPublic: true)!;
                configuration.GetSection(section).Bind(options);
                own.Bind(options);
                yield return (own.Path, tenant, options);
            }
        }
    }

    /// <summary>The keys of settings that no tenant can have of its own.</summary>
    public IEnumerable<string> FindUnknown() => configuration.GetSection(TenantSettings.Key).GetChildren()
        .SelectMany(entry => entry.GetSection(section).GetChildren())
        .Where(setting => !IsPerTenant(setting.Key))
        .Select(setting => setting.Path);

    private static bool IsPerTenant(string name) =>
        typeof(TOptions).GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase)
            ?.GetCustomAttribute<PerTenantAttribute>() is not null;
}
