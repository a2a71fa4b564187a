namespace FaultMaven.Knowledge.Chunks;

/// <summary>A heading of a Markdown text.</summary>
/// <param name="Level">1 for the outermost, to 6.</param>
/// <param name="Text">What it says, without markup around it.</param>
/// <param name="Line">Its line, from 0.</param>
internal readonly record struct MarkdownHeading(int Level, string Text, int Line);
