namespace FaultMaven.Agents.Models;

/// <summary>What the knowledge base holds on something.</summary>
/// <param name="Reference">Where it stands.</param>
/// <param name="Text">What it says, redacted.</param>
internal sealed record KnowledgePassage(Proto.KnowledgeReference Reference, string Text);
