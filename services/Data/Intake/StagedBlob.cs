using System.Security.Cryptography;

namespace FaultMaven.Data.Intake;

/// <summary>A redacted text on its way to the disk: a file that is deleted unless it is adopted.</summary>
internal sealed class StagedBlob : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FileStream _file;
    private bool _endsInLine = true;

    /// <param name="path">Where no file is yet. It is locked while it is written; see <see cref="StagingSweep"/>.</param>
    public StagedBlob(string path)
    {
        FilePath = path;
        _file = new FileStream(FilePath, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16,
            FileOptions.Asynchronous);
    }

    public string FilePath { get; }

    public long Length { get; private set; }

    public long LineCount { get; private set; }

    /// <summary>Lower-case hexadecimal; set by <see cref="CompleteAsync"/>.</summary>
    public string Sha256 { get; private set; } = "";

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        if (utf8.IsEmpty)
        {
            return;
        }

        _hash.AppendData(utf8.Span);
        LineCount += utf8.Span.Count((byte)'\n');
        Length += utf8.Length;
        _endsInLine = utf8.Span[^1] == '\n';
        await _file.WriteAsync(utf8, cancellationToken);
    }

    /// <summary>Ends the text; its bytes, though not yet its name, survive a loss of power from here on.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _file.FlushAsync(cancellationToken);
        _file.Flush(flushToDisk: true);
        await _file.DisposeAsync();

        LineCount += _endsInLine ? 0 : 1;
        Sha256 = Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public async ValueTask DisposeAsync()
    {
        _hash.Dispose();

        try
        {
            await _file.DisposeAsync();
        }
        finally
        {
            File.Delete(FilePath);
        }
    }
}
