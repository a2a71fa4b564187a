using FaultMaven.ServiceDefaults.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>
/// What settings of tenants look like: <c>Tenants:0:Name</c>, and below <c>Tenants:0</c> the sections of which they have their own.
/// Validated with what every process has.
/// </summary>
internal sealed class TenantSettings(IConfiguration configuration) : IValidateOptions<InstallationOptions>
{
    /// <summary>The list.</summary>
    public const string Key = "Tenants";

    /// <summary>The key of an entry that says whose it is.</summary>
    public const string Name = "Name";

    /// <summary>The sections of all services of which a tenant may have its own; each service knows the options of some.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["Audit", "RateLimits", "Redaction:Vault"];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, InstallationOptions options) =>
        FindProblems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

    private IEnumerable<string> FindProblems()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in configuration.GetSection(Key).GetChildren())
        {
            if (entry[Name] is not { Length: > 0 } name)
            {
                yield return $"{entry.Path}:{Name} is missing; it is the tenant whose settings these are.";
            }
            else if (!names.Add(name))
            {
                yield return $"{entry.Path}:{Name} is {name}, as that of another entry; a tenant has one entry.";
            }

            foreach (var unknown in Leaves(entry).Where(leaf => leaf.Path != $"{entry.Path}:{Name}" && !IsInSection(leaf, entry)))
            {
                yield return $"{unknown.Path} is not a setting that a tenant can have of its own; there are {string.Join(", ", Sections)}.";
            }
        }
    }

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section) =>
        section.GetChildren() is var children && children.Any() ? children.SelectMany(Leaves) : [section];

    private static bool IsInSection(IConfigurationSection leaf, IConfigurationSection entry) =>
        Sections.Any(section => leaf.Path.StartsWith($"{entry.Path}:{section}:", StringComparison.OrdinalIgnoreCase));
}
