using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>Which of 16 characters are of the kinds that shapes name, one bit each. See <see cref="LiteralForm.Shape"/>.</summary>
internal readonly struct CharacterKinds
{
    private static readonly AsciiSet s_digits = new(c => IsOf('#', c));
    private static readonly AsciiSet s_hex = new(c => IsOf('x', c));

    // 16 bits for each kind.
    private readonly uint _kinds;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CharacterKinds(Vector128<byte> characters)
    {
        var all = new Characters16(characters);
        var low = all.LowHalves;
        var bit = AsciiSet.BitOf(all.HighHalves);
        _kinds = (uint)(s_digits.Has(low, bit) | (s_hex.Has(low, bit) << 16));
    }

    private CharacterKinds(uint kinds) => _kinds = kinds;

    /// <summary>No demands.</summary>
    public static CharacterKinds None => default;

    /// <summary>Whether a character of a shape means a kind.</summary>
    public static bool IsMark(char mark) => mark is '#' or 'x';

    /// <summary>Whether a character is of the kind that a mark means.</summary>
    public static bool IsOf(char mark, char c) => mark == '#' ? char.IsAsciiDigit(c) : char.IsAsciiHexDigit(c);

    /// <summary>This, and that the character at a position is to be of a kind.</summary>
    public CharacterKinds With(char mark, int position) =>
        new(_kinds | (1u << (position + (mark == '#' ? 0 : 16))));

    /// <summary>Whether these characters are of all the kinds they are to be.</summary>
    public bool Meet(CharacterKinds demands) => (_kinds & demands._kinds) == demands._kinds;
}
