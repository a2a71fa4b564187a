using System.Runtime.InteropServices;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>
/// A 64-bit hash that is the same in every process, so that shapes can be compared across files and shards. Not a defence against
/// made-up collisions: the worst they do is to give two messages one template.
/// </summary>
internal static class StableHash
{
    public const ulong Seed = 0x9E3779B97F4A7C15;

    public static ulong Add(ulong hash, ulong value)
    {
        var high = Math.BigMul(hash ^ value, 0xD6E8FEB86659FD93, out var low);
        return high ^ low ^ 0xA0761D6478BD642F;
    }

    public static ulong Add(ulong hash, ReadOnlySpan<char> text)
    {
        var bytes = MemoryMarshal.AsBytes(text);
        hash ^= (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = Add(hash, MemoryMarshal.Read<ulong>(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        var rest = 0ul;
        foreach (var b in bytes)
        {
            rest = (rest << 8) | b;
        }

        return Add(hash, rest);
    }

    /// <summary>Adds a name whose digits don't count: <c>eth0</c> and <c>eth1</c> are the same.</summary>
    public static ulong AddWithoutDigits(ulong hash, ReadOnlySpan<char> text)
    {
        var digit = false;
        foreach (var c in text)
        {
            var isDigit = char.IsAsciiDigit(c);
            if (!isDigit || !digit)
            {
                hash = Add(hash, isDigit ? '0' : c);
            }

            digit = isDigit;
        }

        return hash;
    }
}
