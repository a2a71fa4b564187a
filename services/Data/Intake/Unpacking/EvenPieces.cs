using FaultMaven.Data.Intake.Bytes;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>
/// A stream in pieces of one length, the last one aside. What an inflater makes of a piece with damage in it is lost as a whole, so it gets
/// little at once; and it gets the same however the upload is cut, so that the same file is always kept up to the same place.
/// </summary>
internal sealed class EvenPieces(Stream inner) : ReadOnlyStream
{
    /// <summary>The length of a piece in bytes.</summary>
    public const int PieceLength = 1_024;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        await inner.ReadAtLeastAsync(buffer.Length > PieceLength ? buffer[..PieceLength]
            : buffer, Math.Min(PieceLength, buffer.Length), throwOnEndOfStream: false, cancellationToken);
}
