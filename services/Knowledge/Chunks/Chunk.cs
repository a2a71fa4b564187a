namespace FaultMaven.Knowledge.Chunks;

/// <summary>A passage that can be found and cited by itself.</summary>
/// <param name="Headings">The headings above it, outermost first.</param>
/// <param name="StartLine">Its first line in the document, from 1; not blank.</param>
/// <param name="EndLine">Its last line, inclusive; not blank.</param>
/// <param name="Text">Those lines, joined by line feeds.</param>
internal sealed record Chunk(IReadOnlyList<string> Headings, int StartLine, int EndLine, string Text);

/// <summary>A document cut into chunks. Every line that is not blank is in exactly one of them, in order.</summary>
/// <param name="Title">What the document calls itself, if it does.</param>
/// <param name="Chunks">The chunks, by line.</param>
internal sealed record ChunkedText(string? Title, IReadOnlyList<Chunk> Chunks);
