namespace FaultMaven.Protos.Names;

/// <summary>The name of a case, <c>cases/{case}</c>.</summary>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct CaseName(string Id) : IResourceName<CaseName>
{
    private const string Collection = "cases/";

    /// <inheritdoc/>
    public static string Pattern => "cases/{case}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out CaseName name)
    {
        name = default;
        if (text is null || !text.StartsWith(Collection, StringComparison.Ordinal) || !ResourceId.IsValid(text.AsSpan(Collection.Length)))
        {
            return false;
        }

        name = new CaseName(text[Collection.Length..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Collection}{Id}";
}
