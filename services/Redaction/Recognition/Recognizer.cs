namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Recognises one family of values. It names short literals that every such value has at or near its start; the engine finds those in one
/// pass over the text and asks the recogniser about each place. Its work at one place must be bounded, or end where
/// the next place it is asked about begins, so that a text costs time in proportion to its length.
/// </summary>
internal abstract class Recognizer
{
    /// <summary>What it is to be asked about. The more rarely they are in ordinary text, the faster all of it is.</summary>
    public virtual IReadOnlyList<Literal> Literals => [];

    /// <summary>Adds what it recognises around a place where one of its literals is.</summary>
    /// <param name="text">All of the text in view; what precedes the place may be looked at.</param>
    /// <param name="at">Where the literal starts.</param>
    /// <param name="literal">Its index in <see cref="Literals"/>.</param>
    /// <param name="findings">Where findings go.</param>
    public virtual void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings) =>
        throw new NotSupportedException($"{GetType().Name} asks for no literals.");

    /// <summary>Which patterns it is to be asked about, too.</summary>
    public virtual CharacterPatterns CharacterPatterns => CharacterPatterns.None;

    /// <summary>Adds what it recognises at a pattern.</summary>
    /// <param name="text">All of the text in view; what precedes the place may be looked at.</param>
    /// <param name="at">Where the pattern starts.</param>
    /// <param name="pattern">Which one it is.</param>
    /// <param name="findings">Where findings go.</param>
    public virtual void MatchPattern(ReadOnlySpan<char> text, int at, CharacterPatterns pattern, FindingList findings) =>
        throw new NotSupportedException($"{GetType().Name} asks for no patterns.");
}

/// <summary>A piece of text to look for.</summary>
/// <param name="Text">One character or more.</param>
/// <param name="Start">What may be before it.</param>
/// <param name="Form">How its characters are compared.</param>
internal readonly record struct Literal(string Text, LiteralStart Start = LiteralStart.Anywhere, LiteralForm Form = LiteralForm.AnyCase)
{
    /// <summary>A literal with places for any digit: <c>DE##</c>.</summary>
    public static Literal Shape(string text, LiteralStart start = LiteralStart.AtBoundary) => new(text, start, LiteralForm.Shape);

    /// <summary>A literal that counts only as it is written.</summary>
    public static Literal Exact(string text, LiteralStart start = LiteralStart.AtBoundary) => new(text, start, LiteralForm.Exact);

    /// <summary>Whether a character may be at a position; behind its end anything may.</summary>
    public bool Takes(int position, char c) =>
        position >= Text.Length
        || (IsMark(position) ? CharacterKinds.IsOf(Text[position], c)
            : c == Text[position] || (Form != LiteralForm.Exact && IsSameLetter(c, Text[position])));

    // The long s and the Kelvin sign have ASCII letters for capitals, and do not count as those.
    private static bool IsSameLetter(char a, char b) => char.IsAscii(a) == char.IsAscii(b)
        && char.ToUpperInvariant(a) == char.ToUpperInvariant(b);

    /// <summary>Whether a position is open to a kind of character.</summary>
    public bool IsMark(int position) => Form == LiteralForm.Shape && CharacterKinds.IsMark(Text[position]);

    /// <summary>Whether a character that isn't ASCII is at a position.</summary>
    public bool IsBeyondAscii(int position) => position < Text.Length && !char.IsAscii(Text[position]);

    /// <summary>Whether a text starts with it.</summary>
    public bool Starts(ReadOnlySpan<char> text)
    {
        if (text.Length < Text.Length)
        {
            return false;
        }

        for (var i = 0; i < Text.Length; i++)
        {
            if (!Takes(i, text[i]))
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>What may be before a literal.</summary>
internal enum LiteralStart
{
    Anywhere,

    /// <summary>No letter or digit, unless it belongs to an escape such as <c>\n</c> or <c>%3D</c>.</summary>
    AtBoundary,
}

/// <summary>How the characters of a literal are compared.</summary>
internal enum LiteralForm
{
    /// <summary>Letters mean both cases, other characters for themselves.</summary>
    AnyCase,

    /// <summary>Every character means itself.</summary>
    Exact,

    /// <summary><c>#</c> is any digit, <c>x</c> any hexadecimal one; the rest is as in <see cref="AnyCase"/>.</summary>
    Shape,
}
