using FaultMaven.Data.Intake.Limits;

namespace FaultMaven.Data.Intake.Bytes;

/// <summary>Waits for the next bytes of an upload; none means that it is complete.</summary>
internal delegate ValueTask<ReadOnlyMemory<byte>> NextPiece(CancellationToken cancellationToken);

/// <summary>The pieces of an upload as a stream. It asks for the next piece only when it is read, so the sender has to wait.</summary>
internal sealed class UploadStream(NextPiece next, long maxBytes) : ReadOnlyStream
{
    private ReadOnlyMemory<byte> _piece;

    /// <summary>How many bytes came so far.</summary>
    public long BytesReceived { get; private set; }

    /// <exception cref="IntakeRefusedException">More than the allowed number of bytes came.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_piece.IsEmpty)
        {
            _piece = await next(cancellationToken);
            BytesReceived += _piece.Length;

            if (BytesReceived > maxBytes)
            {
                throw new IntakeRefusedException(IntakeFailure.TooLarge(maxBytes));
            }
        }

        var count = Math.Min(buffer.Length, _piece.Length);
        _piece[..count].CopyTo(buffer);
        _piece = _piece[count..];

        return count;
    }
}
