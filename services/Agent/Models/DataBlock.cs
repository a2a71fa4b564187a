using Microsoft.Extensions.AI;

namespace FaultMaven.Agents.Models;

/// <summary>
/// What evidence, documents and people say, for a model. No client of a model knows this content type, so it reaches a model only through
/// <see cref="RedactingChatClient"/>, which turns it into text that is redacted, screened and fenced in.
/// </summary>
/// <param name="name">What it is, in our own word.</param>
/// <param name="items">Its items.</param>
internal sealed class DataBlock(string name, IReadOnlyList<DataItem> items) : AIContent
{
    public string Name { get; } = name;

    public IReadOnlyList<DataItem> Items { get; } = items;
}

/// <summary>One item of a block.</summary>
/// <param name="Lead">Our description, such as its id. It contains no text from outside.</param>
/// <param name="Text">Its text. It may come from anyone.</param>
/// <param name="Place">Where it is, in our names, for the note that replaces withheld text.</param>
internal sealed record DataItem(string Lead, string Text, string Place)
{
    /// <summary>Whether it may contain citations of evidence lines. A question may: it cannot forge an item of a block.</summary>
    public bool MayCite { get; init; }
}
