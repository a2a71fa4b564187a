using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FaultMaven.Redaction.Store;

/// <summary>Represents a value in a scope: the first 16 bytes of its HMAC-SHA256, so many that no two values share one.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Digest(ulong High, ulong Low)
{
    /// <summary>In bytes.</summary>
    public const int Length = 16;

    public static Digest Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[sizeof(ulong)..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, High);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[sizeof(ulong)..], Low);
    }
}
