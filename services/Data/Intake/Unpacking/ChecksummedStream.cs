using System.IO.Hashing;
using FaultMaven.Data.Intake.Bytes;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>
/// The bytes of a stream, compared with the CRC-32 that was kept of them: damage may well leave data that can be unpacked.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="expected">Its checksum.</param>
internal sealed class ChecksummedStream(Stream inner, uint expected) : ReadOnlyStream
{
    private readonly Crc32 _checksum = new();
    private bool _ended;

    /// <summary>Whether it was read to its end and is not what it was.</summary>
    public bool IsChanged => _ended && _checksum.GetCurrentHashAsUInt32() != expected;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        _checksum.Append(buffer.Span[..count]);
        _ended |= count == 0 && !buffer.IsEmpty;

        return count;
    }
}
