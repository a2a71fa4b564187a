namespace FaultMaven.Protos.Names;

/// <summary>The name of a signal, <c>cases/{case}/evidence/{evidence}/signals/{signal}</c>.</summary>
/// <param name="Evidence">The evidence it was found in.</param>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct SignalName(EvidenceName Evidence, string Id) : IResourceName<SignalName>
{
    private const string Collection = "/signals/";

    /// <inheritdoc/>
    public static string Pattern => "cases/{case}/evidence/{evidence}/signals/{signal}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out SignalName name)
    {
        name = default;
        if (!ResourceId.TrySplit(text, Collection, out var parent, out var id) || !EvidenceName.TryParse(parent, out var parsed))
        {
            return false;
        }

        name = new SignalName(parsed, id);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Evidence}{Collection}{Id}";
}
