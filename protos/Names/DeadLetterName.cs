namespace FaultMaven.Protos.Names;

/// <summary>The name of a dead letter, <c>outboxes/{outbox}/deadLetters/{dead_letter}</c>.</summary>
/// <param name="Outbox">The outbox it belongs to.</param>
/// <param name="Id">The last part, see <see cref="ResourceId"/>.</param>
public readonly record struct DeadLetterName(OutboxName Outbox, string Id) : IResourceName<DeadLetterName>
{
    private const string Collection = "/deadLetters/";

    /// <inheritdoc/>
    public static string Pattern => "outboxes/{outbox}/deadLetters/{dead_letter}";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out DeadLetterName name)
    {
        name = default;
        if (!ResourceId.TrySplit(text, Collection, out var parent, out var id) || !OutboxName.TryParse(parent, out var parsed))
        {
            return false;
        }

        name = new DeadLetterName(parsed, id);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Outbox}{Collection}{Id}";
}
