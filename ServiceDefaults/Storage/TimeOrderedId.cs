using System.Buffers.Binary;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>
/// Ids that sort by the time they were made, to a quarter of a microsecond: UUIDs of version 7 whose bits after the millisecond hold its
/// fraction (RFC 9562, 6.2, method 3).
/// </summary>
public static class TimeOrderedId
{
    private const int FractionBits = 12;

    /// <summary>A new id for what was made at <paramref name="now"/>; 62 bits of it are random.</summary>
    public static Guid New(DateTimeOffset now)
    {
        // .NET fills these bits at random, which leaves the order within one millisecond to chance.
        var fraction = ((now.UtcTicks % TimeSpan.TicksPerMillisecond) << FractionBits) / TimeSpan.TicksPerMillisecond;
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(now).TryWriteBytes(bytes, bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)((7 << FractionBits) | fraction));

        return new Guid(bytes, bigEndian: true);
    }
}
