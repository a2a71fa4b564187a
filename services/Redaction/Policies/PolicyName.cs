using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FaultMaven.Redaction.Policies;

/// <summary>The name of a policy, <c>redactionPolicies/{id}</c>, or of a version of it, <c>redactionPolicies/{id}@{version}</c>.</summary>
/// <param name="Id">1 to 63 lower-case letters, digits and hyphens, the first a letter.</param>
/// <param name="Version">From 1; null for the newest.</param>
internal readonly partial record struct PolicyName(string Id, long? Version)
{
    private const string Prefix = "redactionPolicies/";

    /// <summary>The policy that is built in.</summary>
    public static PolicyName Default { get; } = new("default", null);

    public bool IsBuiltIn => Id == Default.Id;

    /// <summary>The policy whatever its version.</summary>
    public PolicyName Newest => this with { Version = null };

    public static bool TryParse(string name, [NotNullWhen(true)] out PolicyName? result)
    {
        var match = Pattern().Match(name);
        result = !match.Success ? null
            : new PolicyName(
                match.Groups["id"].Value,
                match.Groups["version"] is { Success: true } version ? long.Parse(version.ValueSpan, CultureInfo.InvariantCulture) : null);
        return result is not null;
    }

    public static bool IsId(string id) => TryParse(Prefix + id, out var name) && name.Value.Version is null;

    public override string ToString() =>
        Version is null ? $"{Prefix}{Id}" : string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Id}@{Version}");

    [GeneratedRegex(@"^redactionPolicies/(?<id>[a-z][a-z0-9-]{0,62})(@(?<version>[1-9][0-9]{0,8}))?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
