using System.Buffers;

namespace FaultMaven.Redaction.Recognition;

/// <summary>What the characters of a literal stand for.</summary>
internal static class LiteralPattern
{
    private static readonly SearchValues<char> s_shapeMarks = SearchValues.Create("#x?");

    /// <summary>Whether a character may stand at a position of a literal; behind its end anything may.</summary>
    public static bool Takes(this Literal literal, int position, char c)
    {
        if (position >= literal.Text.Length)
        {
            return true;
        }

        var expected = literal.Text[position];
        return literal.Form switch
        {
            LiteralForm.Exact => c == expected,
            LiteralForm.Shape when s_shapeMarks.Contains(expected) => IsMarked(expected, c),
            _ => c == expected || (char.IsAsciiLetter(c) && (c ^ expected) == 0x20),
        };
    }

    /// <summary>Whether only the character itself, in either case, may stand at a position.</summary>
    public static bool IsFixed(this Literal literal, int position) =>
        position < literal.Text.Length && char.IsAscii(literal.Text[position])
        && !(literal.Form == LiteralForm.Shape && s_shapeMarks.Contains(literal.Text[position]));

    /// <summary>Whether a character that isn't ASCII stands at a position.</summary>
    public static bool IsBeyondAscii(this Literal literal, int position) => position < literal.Text.Length && !char.IsAscii(literal.Text[position]);

    /// <summary>Whether a literal stands at a place.</summary>
    public static bool StandsAt(this Literal literal, ReadOnlySpan<char> text, int at)
    {
        if (text.Length - at < literal.Text.Length)
        {
            return false;
        }

        for (var i = 0; i < literal.Text.Length; i++)
        {
            if (!literal.Takes(i, text[at + i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMarked(char mark, char c) => mark switch
    {
        '#' => char.IsAsciiDigit(c),
        'x' => char.IsAsciiHexDigit(c),
        _ => char.IsAsciiLetterOrDigit(c) || c is '-' or '_',
    };
}
