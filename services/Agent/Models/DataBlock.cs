using Microsoft.Extensions.AI;

namespace FaultMaven.Agents.Models;

/// <summary>
/// What evidence, documents and people say, for a model. No client of a model knows this content, so it gets there only through <see cref="RedactingChatClient"/>, which makes
/// text of it that is redacted, screened and fenced in.
/// </summary>
/// <param name="name">What it is, in a word of ours.</param>
/// <param name="items">What it holds.</param>
internal sealed class DataBlock(string name, IReadOnlyList<DataItem> items) : AIContent
{
    public string Name { get; } = name;

    public IReadOnlyList<DataItem> Items { get; } = items;
}

/// <summary>One thing that a block holds.</summary>
/// <param name="Lead">What we say of it, such as its id. Nobody else has a part in it.</param>
/// <param name="Text">What it says. Anybody may have written that.</param>
/// <param name="Place">Where it stands, in names of ours, for the note that takes the place of what is withheld.</param>
internal sealed record DataItem(string Lead, string Text, string Place)
{
    /// <summary>Whether it may name lines of evidence as citations do. A question may: no item of a block can be forged by it.</summary>
    public bool MayCite { get; init; }
}
