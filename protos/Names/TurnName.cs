namespace FaultMaven.Protos.Names;

/// <summary>The name of a turn, <c>cases/{case}/turns/{turn}</c>.</summary>
/// <param name="Case">The case it belongs to.</param>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct TurnName(CaseName Case, string Id) : IResourceName<TurnName>
{
    private const string Collection = "/turns/";

    /// <inheritdoc/>
    public static string Pattern => "cases/{case}/turns/{turn}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out TurnName name)
    {
        name = default;
        if (!ResourceId.TrySplit(text, Collection, out var parent, out var id) || !CaseName.TryParse(parent, out var parsed))
        {
            return false;
        }

        name = new TurnName(parsed, id);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Case}{Collection}{Id}";
}
