using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>Which of 16 characters are of the kinds that shapes name, one bit each. See <see cref="LiteralForm.Shape"/>.</summary>
internal readonly struct CharacterKinds
{
    private static readonly AsciiSet s_digits = new(c => IsOf('#', c));
    private static readonly AsciiSet s_hex = new(c => IsOf('x', c));
    private static readonly AsciiSet s_words = new(c => IsOf('?', c));
    private static readonly AsciiSet s_numbers = new(c => IsOf('*', c));

    // 16 bits for each kind.
    private readonly ulong _kinds;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CharacterKinds(Vector128<byte> characters)
    {
        var low = characters & Vector128.Create((byte)15);
        var bit = AsciiSet.BitOf(characters >>> 4);
        _kinds = s_digits.Has(low, bit) | (s_hex.Has(low, bit) << 16) | (s_words.Has(low, bit) << 32) | (s_numbers.Has(low, bit) << 48);
    }

    private CharacterKinds(ulong kinds) => _kinds = kinds;

    /// <summary>No demands.</summary>
    public static CharacterKinds None => default;

    /// <summary>Whether a character of a shape stands for a kind.</summary>
    public static bool IsMark(char mark) => mark is '#' or 'x' or '?' or '*';

    /// <summary>Whether a character is of the kind that a mark stands for.</summary>
    public static bool IsOf(char mark, char c) => mark switch
    {
        '#' => char.IsAsciiDigit(c),
        'x' => char.IsAsciiHexDigit(c),
        '?' => char.IsAsciiLetterOrDigit(c) || c is '-' or '_',
        _ => char.IsAsciiDigit(c) || c is ' ' or '-' or '.' or '/' or '(' or ')' or '+',
    };

    /// <summary>This, and that the character at a position is to be of a kind.</summary>
    public CharacterKinds With(char mark, int position) =>
        new(_kinds | (1ul << (position + (mark switch { '#' => 0, 'x' => 16, '?' => 32, _ => 48 }))));

    /// <summary>Whether these characters are of all the kinds they are to be.</summary>
    public bool Meet(CharacterKinds demands) => (_kinds & demands._kinds) == demands._kinds;
}
