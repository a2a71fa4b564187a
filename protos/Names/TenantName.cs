using System.Text.RegularExpressions;

namespace FaultMaven.Protos.Names;

/// <summary>The name of a tenant, <c>tenants/{tenant}</c>.</summary>
/// <param name="Id">1 to 63 letters, digits, <c>.</c>, <c>_</c> and <c>-</c>; the first is a letter or digit.</param>
public readonly partial record struct TenantName(string Id) : IResourceName<TenantName>
{
    private const string Collection = "tenants/";

    /// <inheritdoc/>
    public static string Pattern => "tenants/{tenant}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out TenantName name)
    {
        name = default;
        if (text is null || !text.StartsWith(Collection, StringComparison.Ordinal) || !Form().IsMatch(text[Collection.Length..]))
        {
            return false;
        }

        name = new TenantName(text[Collection.Length..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Collection}{Id}";

    // Not $, which also matches before a final line feed.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    private static partial Regex Form();
}
