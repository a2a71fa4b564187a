using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>What a request says, as a digest. Of a stream it is complete when the stream has been read to its end.</summary>
public sealed class RequestContent : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> _next;
    private byte[]? _digest;

    /// <summary>The content of a single message.</summary>
    public RequestContent(IMessage message)
        : this(message, _ => ValueTask.FromResult(ReadOnlyMemory<byte>.Empty))
    {
    }

    /// <summary>The content of a stream.</summary>
    /// <param name="message">What comes before its bytes.</param>
    /// <param name="next">Reads the next bytes; none at the end.</param>
    public RequestContent(IMessage message, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> next)
    {
        ArgumentNullException.ThrowIfNull(message);
        _next = next;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, message.CalculateSize());
        _hash.AppendData(length);
        using var stream = new HashStream(_hash);
        message.WriteTo(stream);
    }

    /// <summary>The next bytes of the stream; none at the end. The call that carries the request out reads it here.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellationToken)
    {
        var piece = await _next(cancellationToken);
        if (!piece.IsEmpty)
        {
            _hash.AppendData(piece.Span);
        }

        return piece;
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    /// <summary>The digest of all of it, which nothing can be added to any more.</summary>
    internal byte[] Complete() => _digest ??= _hash.GetHashAndReset();

    internal async Task ReadToEndAsync(CancellationToken cancellationToken)
    {
        while (_digest is null && !(await ReadAsync(cancellationToken)).IsEmpty)
        {
        }
    }

    private sealed class HashStream(IncrementalHash hash) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => hash.AppendData(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer) => hash.AppendData(buffer);

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
