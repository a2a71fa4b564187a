namespace FaultMaven.Protos.Names;

/// <summary>The name of an outbox, <c>outboxes/{outbox}</c>.</summary>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct OutboxName(string Id) : IResourceName<OutboxName>
{
    private const string Collection = "outboxes/";

    /// <inheritdoc/>
    public static string Pattern => "outboxes/{outbox}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out OutboxName name)
    {
        name = default;
        if (text is null || !text.StartsWith(Collection, StringComparison.Ordinal) || !ResourceId.IsValid(text.AsSpan(Collection.Length)))
        {
            return false;
        }

        name = new OutboxName(text[Collection.Length..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Collection}{Id}";
}
