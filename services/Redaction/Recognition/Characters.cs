using System.Runtime.Intrinsics;

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

/// <summary>64 characters: processors with AVX-512 and its VBMI, without which looking up takes longer than it saves.</summary>
internal readonly struct Characters64(Vector512<byte> characters) : ICharacters<Characters64>
{
    private readonly Vector512<byte> _characters = characters;

    public static int Count => Vector512<byte>.Count;

    public Characters64 LowHalves => new(_characters & Vector512.Create((byte)15));

    public Characters64 HighHalves => new(_characters >>> 4);

    public ulong AreHigh => _characters.ExtractMostSignificantBits();

    public ulong AreSet => ~Vector512.Equals(_characters, Vector512<byte>.Zero).ExtractMostSignificantBits();

    public static Characters64 operator &(Characters64 left, Characters64 right) => new(left._characters & right._characters);

    public static Characters64 operator |(Characters64 left, Characters64 right) => new(left._characters | right._characters);

    public static Characters64 Load(ref byte first, int at) => new(Vector512.LoadUnsafe(ref first, (nuint)at));

    public Characters64 LookUp(in CharacterTable table) => new(Vector512.ShuffleNative(table.Repeated, _characters));

    public ulong Are(char c) => Vector512.Equals(_characters, Vector512.Create((byte)c)).ExtractMostSignificantBits();
}

/// <summary>A value for each of 16 halves of a character.</summary>
internal readonly struct CharacterTable
{
    /// <summary>The table as often as a register has room, since repeating it takes longer than looking up.</summary>
    public readonly Vector512<byte> Repeated;

    /// <param name="values">16 of them.</param>
    public CharacterTable(ReadOnlySpan<byte> values)
    {
        Span<byte> repeated = stackalloc byte[Vector512<byte>.Count];
        for (var i = 0; i < repeated.Length; i++)
        {
            repeated[i] = values[i % values.Length];
        }

        Repeated = Vector512.Create<byte>(repeated);
    }

    /// <summary>The table.</summary>
    public Vector128<byte> Once => Repeated.GetLower().GetLower();
}
