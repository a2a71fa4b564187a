namespace FaultMaven.Protos.Names;

/// <summary>The name of a piece of evidence, <c>cases/{case}/evidence/{evidence}</c>.</summary>
/// <param name="Case">The case it belongs to.</param>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct EvidenceName(CaseName Case, string Id) : IResourceName<EvidenceName>
{
    private const string Collection = "/evidence/";

    /// <inheritdoc/>
    public static string Pattern => "cases/{case}/evidence/{evidence}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out EvidenceName name)
    {
        name = default;
        if (!ResourceId.TrySplit(text, Collection, out var parent, out var id) || !CaseName.TryParse(parent, out var parsed))
        {
            return false;
        }

        name = new EvidenceName(parsed, id);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Case}{Collection}{Id}";
}
