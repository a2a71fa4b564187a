namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Recognises one family of values. It names short literals that every such value has at or near its start; the engine finds those in one
/// pass over the text and asks the recogniser about each place. Its work at one place must be bounded, or end where
/// the next place it is asked about begins, so that a text costs time in proportion to its length.
/// </summary>
internal abstract class Recognizer
{
    /// <summary>Found whatever their case. Digits and punctuation are allowed.</summary>
    public abstract IReadOnlyList<Literal> Literals { get; }

    /// <summary>Adds what it recognises around a place where one of its literals stands.</summary>
    /// <param name="text">All of the text in view; what precedes the place may be looked at.</param>
    /// <param name="at">Where the literal starts.</param>
    /// <param name="literal">Its index in <see cref="Literals"/>.</param>
    /// <param name="findings">Where findings go.</param>
    public abstract void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings);
}

/// <summary>A piece of text to look for, in any case.</summary>
/// <param name="Text">One character or more.</param>
/// <param name="Start">What may stand before it.</param>
internal readonly record struct Literal(string Text, LiteralStart Start = LiteralStart.Anywhere);

/// <summary>What may stand before a literal.</summary>
internal enum LiteralStart
{
    Anywhere,

    /// <summary>No letter or digit, unless it belongs to an escape such as <c>\n</c> or <c>%3D</c>.</summary>
    AtBoundary,
}
