using FaultMaven.Data.Intake.Bytes;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>
/// Data in a zip file whose length is not recorded before it. .NET's inflater does not say how much of its input it used, so it gets at
/// most what is there up to the next <c>PK</c>, with which every record of the file starts: when it is done, the input is at the record
/// after its data. For the length of its pieces see <see cref="EvenPieces"/>.
/// </summary>
internal sealed class ZipDataInput(BufferedInput input) : ReadOnlyStream
{
    /// <summary>Whether the inflater wanted more than there is.</summary>
    public bool IsCutOff { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = await input.PeekAsync(EvenPieces.PieceLength, cancellationToken);
        bytes = bytes.Length > EvenPieces.PieceLength ? bytes[..EvenPieces.PieceLength] : bytes;

        if (bytes.IsEmpty)
        {
            IsCutOff = true;

            return 0;
        }

        // Where a record would start, the inflater has had its chance to be done.
        var mark = bytes.Span[1..].IndexOf("PK"u8);
        var count = mark >= 0 ? mark + 1 : bytes.Length > 1 && bytes.Span[^1] == 'P' ? bytes.Length - 1 : bytes.Length;

        return await input.ReadAsync(buffer[..Math.Min(count, buffer.Length)], cancellationToken);
    }
}
