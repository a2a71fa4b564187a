using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FaultMaven.Redaction.Recognition;

/// <summary>Some characters that follow each other, a byte each, read at once: as many as a register of the processor holds.</summary>
/// <typeparam name="TSelf">The kind of register.</typeparam>
internal interface ICharacters<TSelf>
    where TSelf : struct, ICharacters<TSelf>
{
    /// <summary>How many they are.</summary>
    static abstract int Count { get; }

    /// <summary>Those with a bit that others have too.</summary>
    static abstract TSelf operator &(TSelf left, TSelf right);

    static abstract TSelf operator |(TSelf left, TSelf right);

    static abstract TSelf Load(ref byte first, int at);

    /// <summary>The lower four bits of each.</summary>
    TSelf LowHalves { get; }

    /// <summary>The upper four.</summary>
    TSelf HighHalves { get; }

    /// <summary>Which of them are 128 or more, one bit each.</summary>
    ulong AreHigh { get; }

    /// <summary>Which of them aren't zero.</summary>
    ulong AreSet { get; }

    /// <summary>What a table has for each, all of which are below 16.</summary>
    TSelf LookUp(in CharacterTable table);

    /// <summary>Which of them are a character.</summary>
    ulong Are(char c);
}

/// <summary>16 characters: any processor that .NET runs on.</summary>
internal readonly struct Characters16(Vector128<byte> characters) : ICharacters<Characters16>
{
    private readonly Vector128<byte> _characters = characters;

    public static int Count => Vector128<byte>.Count;

    public Characters16 LowHalves => new(_characters & Vector128.Create((byte)15));

    public Characters16 HighHalves => new(_characters >>> 4);

    public ulong AreHigh => _characters.ExtractMostSignificantBits();

    public ulong AreSet => ~Vector128.Equals(_characters, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;

    public static Characters16 operator &(Characters16 left, Characters16 right) => new(left._characters & right._characters);

    public static Characters16 operator |(Characters16 left, Characters16 right) => new(left._characters | right._characters);

    public static Characters16 Load(ref byte first, int at) => new(Vector128.LoadUnsafe(ref first, (nuint)at));

    public Characters16 LookUp(in CharacterTable table) => new(Vector128.ShuffleNative(table.Once, _characters));

    public ulong Are(char c) => Vector128.Equals(_characters, Vector128.Create((byte)c)).ExtractMostSignificantBits();
}

/// <summary>
/// 32 characters: processors with AVX2. 64 at once, with AVX-512, are no faster: what is found costs more than what is read.
/// </summary>
internal readonly struct Characters32(Vector256<byte> characters) : ICharacters<Characters32>
{
    private readonly Vector256<byte> _characters = characters;

    public static int Count => Vector256<byte>.Count;

    public Characters32 LowHalves => new(_characters & Vector256.Create((byte)15));

    public Characters32 HighHalves => new(_characters >>> 4);

    public ulong AreHigh => _characters.ExtractMostSignificantBits();

    public ulong AreSet => (uint)~Vector256.Equals(_characters, Vector256<byte>.Zero).ExtractMostSignificantBits();

    public static Characters32 operator &(Characters32 left, Characters32 right) => new(left._characters & right._characters);

    public static Characters32 operator |(Characters32 left, Characters32 right) => new(left._characters | right._characters);

    public static Characters32 Load(ref byte first, int at) => new(Vector256.LoadUnsafe(ref first, (nuint)at));

    // Each half of the register looks into its own half of the table; they are the same.
    public Characters32 LookUp(in CharacterTable table) => new(Avx2.Shuffle(table.Twice, _characters));

    public ulong Are(char c) => Vector256.Equals(_characters, Vector256.Create((byte)c)).ExtractMostSignificantBits();
}

/// <summary>A value for each of 16 halves of a character.</summary>
internal readonly struct CharacterTable
{
    /// <summary>The table two times, for a register that looks into it by halves.</summary>
    public readonly Vector256<byte> Twice;

    /// <param name="values">16 of them.</param>
    public CharacterTable(ReadOnlySpan<byte> values)
    {
        var once = Vector128.Create(values);
        Twice = Vector256.Create(once, once);
    }

    /// <summary>The table.</summary>
    public Vector128<byte> Once => Twice.GetLower();
}
