using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// A set of ASCII characters that is asked about 16 at a time: the low half of a character picks a row of eight bits, its high half one of them.
/// </summary>
/// <remarks>Wojciech Muła, "SIMD-ized check which bytes are in a set" (0x80.pl); .NET's <c>SearchValues</c> does the same.</remarks>
internal readonly struct AsciiSet
{
    private static readonly Vector128<byte> s_bits = Vector128.Create((byte)1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0);

    private readonly Vector128<byte> _rows;

    public AsciiSet(Func<char, bool> contains)
    {
        Span<byte> rows = stackalloc byte[16];
        rows.Clear();
        for (var c = '\0'; c < 128; c++)
        {
            rows[c & 15] |= contains(c) ? (byte)(1 << (c >> 4)) : (byte)0;
        }

        _rows = Vector128.Create<byte>(rows);
    }

    /// <summary>The bit that stands for the high half of each character; none for what isn't ASCII.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<byte> BitOf(Vector128<byte> high) => Vector128.ShuffleNative(s_bits, high);

    /// <summary>Which of 16 characters are in the set, one bit each.</summary>
    /// <param name="low">The low halves of the characters.</param>
    /// <param name="bit">See <see cref="BitOf"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Has(Vector128<byte> low, Vector128<byte> bit) =>
        ~Vector128.Equals(Vector128.ShuffleNative(_rows, low) & bit, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
}
