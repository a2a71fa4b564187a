namespace FaultMaven.Redaction.Redacting;

/// <summary>A piece of a text that arrives: in UTF-16, or in UTF-8 if that is not empty.</summary>
/// <param name="Text">The piece, or empty.</param>
/// <param name="Utf8">The piece, or empty; valid until the next piece is asked for.</param>
/// <param name="IsFlushed">Whether the text pauses after the piece, and what has waited is wanted.</param>
internal readonly record struct TextPiece(string Text, ReadOnlyMemory<byte> Utf8, bool IsFlushed = false);
