using System.IO.Compression;

namespace FaultMaven.Data.Intake;

/// <summary>
/// The content of a gzip upload, as far as it can be had: damaged or cut off data ends the stream early. Data that inflates beyond measure is
/// refused.
/// </summary>
internal sealed class InflatedStream(Stream compressed, UploadStream upload, long maxBytes, int maxRatio) : ReadOnlyStream
{
    /// <summary>Below this size nobody counts: small files of repeated lines compress without limit.</summary>
    private const long FreeBytes = 16L << 20;

    private readonly GZipStream _gzip = new(compressed, CompressionMode.Decompress);
    private long _bytesInflated;
    private bool _isInvalid;

    /// <summary>
    /// Whether less came than was packed; known once the upload is drained. <see cref="GZipStream"/> takes data that is cut off for complete, but
    /// a gzip file ends in the length of its last part (RFC 1952), and four bytes from the middle hardly ever make a length that is possible.
    /// </summary>
    public bool IsDamaged => _isInvalid || upload.Tail > _bytesInflated;

    /// <exception cref="UploadTooLargeException">It inflates to more than is allowed, in all or in relation to what came.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = 0;

        try
        {
            count = await _gzip.ReadAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException)
        {
            _isInvalid = true;
        }

        _bytesInflated += count;
        var limit = Math.Min(maxBytes, Math.Max(FreeBytes, upload.BytesReceived * maxRatio));

        return _bytesInflated <= limit ? count : throw new UploadTooLargeException(limit);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _gzip.Dispose();
        }

        base.Dispose(disposing);
    }
}
