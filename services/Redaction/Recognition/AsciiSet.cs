using System.Runtime.CompilerServices;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// A set of ASCII characters that is asked about many at a time: the low half of a character picks a row of eight bits, its high half one
/// of them.
/// </summary>
/// <remarks>Wojciech Muła, "SIMD-ized check which bytes are in a set" (0x80.pl); .NET's <c>SearchValues</c> does the same.</remarks>
internal readonly struct AsciiSet
{
    private static readonly CharacterTable s_bits = new([1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0]);

    private readonly CharacterTable _rows;

    public AsciiSet(Func<char, bool> contains)
    {
        Span<byte> rows = stackalloc byte[16];
        rows.Clear();
        for (var c = '\0'; c < 128; c++)
        {
            rows[c & 15] |= contains(c) ? (byte)(1 << (c >> 4)) : (byte)0;
        }

        _rows = new CharacterTable(rows);
    }

    /// <summary>The bit that means the high half of each character; none for what isn't ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TCharacters BitOf<TCharacters>(TCharacters high)
        where TCharacters : struct, ICharacters<TCharacters> => high.LookUp(in s_bits);

    /// <summary>Which characters are in the set, one bit each.</summary>
    /// <param name="low">The low halves of the characters.</param>
    /// <param name="bit">See <see cref="BitOf"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Has<TCharacters>(TCharacters low, TCharacters bit)
        where TCharacters : struct, ICharacters<TCharacters> => (low.LookUp(in _rows) & bit).AreSet;
}
