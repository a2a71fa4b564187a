namespace FaultMaven.Protos.Names;

/// <summary>The name of a key for programs, <c>apiKeys/{api_key}</c>.</summary>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct ApiKeyName(string Id) : IResourceName<ApiKeyName>
{
    private const string Collection = "apiKeys/";

    /// <inheritdoc/>
    public static string Pattern => "apiKeys/{api_key}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out ApiKeyName name)
    {
        name = default;
        if (text is null || !text.StartsWith(Collection, StringComparison.Ordinal) || !ResourceId.IsValid(text.AsSpan(Collection.Length)))
        {
            return false;
        }

        name = new ApiKeyName(text[Collection.Length..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Collection}{Id}";
}
