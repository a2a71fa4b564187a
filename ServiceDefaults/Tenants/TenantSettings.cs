using FaultMaven.ServiceDefaults.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>
/// Refuses what is set below <c>Tenants:{tenant}</c> in no section of which a tenant can have its own, in any service. Validated with what
/// every process has; what is in a section is checked where it is used.
/// </summary>
internal sealed class TenantSettings(IConfiguration configuration) : IValidateOptions<InstallationOptions>
{
    /// <summary>The key of all of them.</summary>
    public const string Key = "Tenants";

    /// <summary>The sections of which a tenant may have its own.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["Audit", "Data:Limits", "RateLimits", "Redaction:Vault", "Session:Cases"];

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, InstallationOptions options) =>
        FindProblems().ToList() is { Count: > 0 } problems ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;

    private IEnumerable<string> FindProblems() => configuration.GetSection(Key).GetChildren()
        .SelectMany(tenant => Leaves(tenant).Where(leaf => !IsInSection(leaf, tenant)))
        .Select(leaf => $"{leaf.Path} is not a setting that a tenant can have of its own; there are {string.Join(", ", Sections)}.");

    private static IEnumerable<IConfigurationSection> Leaves(IConfigurationSection section) =>
        section.GetChildren() is var children && children.Any() ? children.SelectMany(Leaves) : [section];

    private static bool IsInSection(IConfigurationSection leaf, IConfigurationSection tenant) =>
        Sections.Any(section => leaf.Path.StartsWith($"{tenant.Path}:{section}:", StringComparison.OrdinalIgnoreCase));
}
