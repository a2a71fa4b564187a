namespace FaultMaven.Protos.Names;

/// <summary>The name of a flag, <c>flags/{flag}</c>.</summary>
/// <param name="Id">The last part, see <see cref="ResourceId"/>; it begins with the name of the service that has the flag.</param>
public readonly record struct FlagName(string Id) : IResourceName<FlagName>
{
    private const string Collection = "flags/";

    /// <inheritdoc/>
    public static string Pattern => "flags/{flag}";

    /// <summary>The name of the service that has the flag.</summary>
    public string Service => Id.Split('-')[0];

    /// <inheritdoc/>
    public static bool TryParse(string? text, out FlagName name)
    {
        name = default;
        if (text is null || !text.StartsWith(Collection, StringComparison.Ordinal) || !ResourceId.IsValid(text.AsSpan(Collection.Length)))
        {
            return false;
        }

        name = new FlagName(text[Collection.Length..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Collection}{Id}";
}
