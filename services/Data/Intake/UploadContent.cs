using System.Buffers;
using System.IO.Pipelines;
using FaultMaven.Data.Evidence;

namespace FaultMaven.Data.Intake;

/// <summary>What an upload holds, inflated if it came as gzip.</summary>
internal sealed class UploadContent : IAsyncDisposable
{
    private readonly UploadStream _upload;
    private readonly InflatedStream? _inflated;

    private UploadContent(UploadStream upload, InflatedStream? inflated, Stream stream, byte[] head)
    {
        _upload = upload;
        _inflated = inflated;
        Stream = stream;
        IsEmpty = head.Length == 0;
        // Gzip inside gzip is not opened: nobody sends that by accident.
        Form = ContentForms.Of(head) is ContentForm.Gzip ? ContentForm.Binary : ContentForms.Of(head);
    }

    public bool IsEmpty { get; }

    public ContentForm Form { get; }

    /// <summary>True if it came as gzip that could not be read to its end; known once the upload is drained.</summary>
    public bool IsDamaged => _inflated?.IsDamaged ?? false;

    public Stream Stream { get; }

    public static async Task<UploadContent> OpenAsync(UploadStream upload, DataOptions options, CancellationToken cancellationToken)
    {
        var (head, stream) = await PeekAsync(upload, cancellationToken);

        if (ContentForms.Of(head) is not ContentForm.Gzip)
        {
            return new UploadContent(upload, null, stream, head);
        }

        var inflated = new InflatedStream(stream, upload, options.MaxUploadBytes, options.MaxInflateRatio);
        (head, stream) = await PeekAsync(inflated, cancellationToken);

        return new UploadContent(upload, inflated, stream, head);
    }

    /// <summary>Reads what is left of the upload, such as bytes after the end of a gzip stream.</summary>
    /// <returns>How many bytes were uploaded in all.</returns>
    public async Task<long> DrainAsync(CancellationToken cancellationToken)
    {
        await _upload.CopyToAsync(Stream.Null, cancellationToken);

        return _upload.BytesReceived;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();

        if (_inflated is not null)
        {
            await _inflated.DisposeAsync();
        }
    }

    private static async Task<(byte[] Head, Stream Stream)> PeekAsync(Stream stream, CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 1 << 16, leaveOpen: true));
        var buffer = (await reader.ReadAtLeastAsync(ContentForms.HeadLength, cancellationToken)).Buffer;
        var head = buffer.Slice(0, Math.Min(buffer.Length, ContentForms.HeadLength)).ToArray();
        reader.AdvanceTo(buffer.Start);

        return (head, reader.AsStream());
    }
}
