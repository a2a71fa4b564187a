using System.Buffers;
using System.Runtime.CompilerServices;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>Classes of characters that decide where a message is cut.</summary>
internal static class Characters
{
    private const byte Separating = 1;
    private const byte Quoting = 2;
    private const byte Whitespace = 4;
    private const byte Trimmed = 8;

    // Indexed by character below 128; all others are letters to us.
    private static readonly byte[] s_classes = Classify();

    /// <summary>Characters that always stand between tokens.</summary>
    private const string Separators = ",;=|\"`()[]{}<>";

    /// <summary>Characters that are punctuation at either end of a word, and part of it inside.</summary>
    private const string Edges = ".:!?*#@&%$~^+-\\";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSpace(char c) => c < 128 ? (s_classes[c] & Whitespace) != 0 : c == '\u00A0';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSeparator(char c) => c < 128 && (s_classes[c] & Separating) != 0;

    /// <summary>True where a word may end: white space, a separator or an apostrophe.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayEndWord(char c) => c < 128 ? (s_classes[c] & (Separating | Whitespace | Quoting)) != 0 : c == '\u00A0';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsEdge(char c) => c < 128 && (s_classes[c] & Trimmed) != 0;

    public static bool IsClosing(char c) => c is ')' or ']' or '}' or '>';

    private static byte[] Classify()
    {
        var classes = new byte[128];
        for (var c = 0; c <= ' '; c++)
        {
            classes[c] = Whitespace;
        }

        classes[127] = Whitespace;
        foreach (var c in Separators)
        {
            classes[c] |= Separating;
        }

        foreach (var c in Edges)
        {
            classes[c] |= Trimmed;
        }

        classes['\''] |= Quoting;
        return classes;
    }

    /// <summary>True if all of <paramref name="text"/> is hexadecimal; an empty text is not.</summary>
    public static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(s_hexadecimal);

    /// <summary>True if all of <paramref name="text"/> is decimal digits; an empty text is not.</summary>
    public static bool IsDigits(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExceptInRange('0', '9');

    private static readonly SearchValues<char> s_hexadecimal = SearchValues.Create("0123456789abcdefABCDEF");
}
