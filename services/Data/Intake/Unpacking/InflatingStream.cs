using System.IO.Compression;
using FaultMaven.Data.Intake.Bytes;
using FaultMaven.Data.Intake.Limits;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>The content of compressed data, as far as it can be had: damage ends the stream early.</summary>
internal sealed class InflatingStream : ReadOnlyStream
{
    /// <summary>
    /// The most memory that zstd data may ask for, as a power of two: 32 MiB. <c>zstd -19</c> asks for 8, <c>--ultra</c> and <c>--long</c>
    /// for 128 or more.
    /// </summary>
    private const int MaxZstandardWindowLog = 25;

    private readonly Stream _decompressor;
    private readonly UnpackBudget _budget;
    private readonly BufferedInput? _gzip;
    private long _bytesInflated;
    private bool _isInvalid;

    private InflatingStream(Stream decompressor, UnpackBudget budget, BufferedInput? gzip)
    {
        _decompressor = decompressor;
        _budget = budget;
        _gzip = gzip;
    }

    /// <summary>
    /// Whether less came than was packed; known once all of the input was read. <see cref="GZipStream"/> takes data that is cut off for
    /// complete, but a gzip file ends in the length of its last part (RFC 1952), and four bytes from the middle hardly ever make a length
    /// that is possible.
    /// </summary>
    public bool IsDamaged => _isInvalid || (_gzip is not null && _gzip.Tail > _bytesInflated);

    public static InflatingStream Gzip(BufferedInput input, UnpackBudget budget) =>
        new(new GZipStream(new EvenPieces(input), CompressionMode.Decompress, leaveOpen: true), budget, input);

    public static InflatingStream Deflate(Stream input, UnpackBudget budget) =>
        new(new DeflateStream(input, CompressionMode.Decompress, leaveOpen: true), budget, null);

    public static InflatingStream Zstandard(Stream input, UnpackBudget budget)
    {
        var decompressor = new DecompressionStream(new EvenPieces(input));
        decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxZstandardWindowLog);

        return new InflatingStream(decompressor, budget, null);
    }

    /// <exception cref="IntakeRefusedException">It inflates to more than is allowed.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isInvalid)
        {
            return 0;
        }

        try
        {
            var count = await _decompressor.ReadAsync(buffer, cancellationToken);
            _bytesInflated += count;
            _budget.AddInflated(count);

            return count;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or ZstdException)
        {
            _isInvalid = true;

            return 0;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _decompressor.Dispose();
        }

        base.Dispose(disposing);
    }
}
