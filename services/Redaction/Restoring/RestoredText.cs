namespace FaultMaven.Redaction.Restoring;

/// <summary>A stretch of text with values in place of placeholders.</summary>
/// <param name="Text">The stretch.</param>
/// <param name="RestoredCount">How many placeholders were replaced.</param>
/// <param name="Unresolved">The placeholders that have no value, each once, in order; they stay in the text.</param>
internal sealed record RestoredText(string Text, int RestoredCount, IReadOnlyList<string> Unresolved);
