namespace FaultMaven.Agents.Models;

/// <summary>A search hit of the knowledge base.</summary>
/// <param name="Reference">Where it is.</param>
/// <param name="Text">Its text, redacted.</param>
internal sealed record KnowledgePassage(Proto.KnowledgeReference Reference, string Text);
