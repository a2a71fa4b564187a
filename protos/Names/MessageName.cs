namespace FaultMaven.Protos.Names;

/// <summary>The name of a message, <c>cases/{case}/messages/{message}</c>.</summary>
/// <param name="Case">The case it belongs to.</param>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct MessageName(CaseName Case, string Id) : IResourceName<MessageName>
{
    private const string Collection = "/messages/";

    /// <inheritdoc/>
    public static string Pattern => "cases/{case}/messages/{message}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out MessageName name)
    {
        name = default;
        if (!ResourceId.TrySplit(text, Collection, out var parent, out var id) || !CaseName.TryParse(parent, out var parsed))
        {
            return false;
        }

        name = new MessageName(parsed, id);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Case}{Collection}{Id}";
}
