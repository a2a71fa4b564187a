using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace FaultMaven.Data.Intake.Decoding;

/// <summary>
/// A text on its way from bytes to characters. UTF-16 and UTF-32 are known by their first bytes; everything else is UTF-8, and bytes that
/// are not are read as Windows-1252.
/// </summary>
/// <param name="head">The first bytes of the text.</param>
/// <param name="stream">The text from its start.</param>
internal sealed class DecodedText(ReadOnlyMemory<byte> head, Stream stream)
{
    // In bytes: below what the runtime of the receiver keeps on its large object heap, which it seldom collects.
    private const int PieceLength = 1 << 16;

    private readonly Windows1252Fallback _fallback = new();
    private TextEncoding? _encoding;
    private bool _hasUtf8;

    /// <summary>What the encoding is called in the contract; known for good once all of it was read.</summary>
    public string EncodingName => (_encoding, _fallback.Count, _hasUtf8) switch
    {
        (null, _, _) => "",
        (_, > 0, true) => "utf-8, windows-1252",
        (_, > 0, false) => "windows-1252",
        var (encoding, _, _) => encoding.Name,
    };

    /// <summary>
    /// The text in UTF-8, in pieces that can be sent on: none ends inside a character, and each is valid until the next is asked for. Line
    /// ends become
    /// <c>\n</c>, so that every reader of the stored text counts the same lines.
    /// </summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _encoding = TextEncoding.Detect(head.Span);
        var bytes = ArrayPool<byte>.Shared.Rent(PieceLength);

        try
        {
            await stream.ReadExactlyAsync(bytes.AsMemory(0, _encoding.MarkLength), cancellationToken);
            var pieces = _encoding.Encoding is { } encoding ? ReadAsync(encoding.GetDecoder(), bytes, cancellationToken)
                : ReadUtf8Async(bytes, cancellationToken);
            var afterReturn = false;

            await foreach (var piece in pieces)
            {
                if (UnifyLineEnds(piece.Span, ref afterReturn) is > 0 and var length)
                {
                    yield return piece[..length];
                }
            }
        }
        finally
        {
            // It held what was not redacted yet.
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    /// <summary>Passes on what is UTF-8; the rest takes the way over a decoder.</summary>
    private async IAsyncEnumerable<Memory<byte>> ReadUtf8Async(byte[] bytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var other = new RentedConversion();
        var decoder = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, _fallback).GetDecoder();
        var carried = 0;
        bool isLast;

        do
        {
            var count = carried
                + await stream.ReadAtLeastAsync(bytes.AsMemory(carried..PieceLength), PieceLength - carried, throwOnEndOfStream: false,
                cancellationToken);
            isLast = count < PieceLength;
            carried = isLast ? 0 : IncompleteEnd(bytes.AsSpan(0, count));
            var piece = bytes.AsMemory(0, count - carried);

            if (Utf8.IsValid(piece.Span))
            {
                _hasUtf8 = _hasUtf8 || !Ascii.IsValid(piece.Span);
                yield return piece;
            }
            else
            {
                var before = _fallback.Count;
                yield return other.Convert(decoder, piece.Span, isLast: true, out var beyondAscii);
                _hasUtf8 = _hasUtf8 || _fallback.Count - before < beyondAscii;
            }

            bytes.AsSpan(count - carried, carried).CopyTo(bytes);
        }
        while (!isLast);
    }

    /// <summary>Reads what is known by its first bytes not to be UTF-8.</summary>
    private async IAsyncEnumerable<Memory<byte>> ReadAsync(Decoder decoder, byte[] bytes,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var other = new RentedConversion();
        int read;

        do
        {
            read = await stream.ReadAtLeastAsync(bytes.AsMemory(0, PieceLength), PieceLength, throwOnEndOfStream: false, cancellationToken);

            yield return other.Convert(decoder, bytes.AsSpan(0, read), isLast: read < PieceLength, out _);
        }
        while (read == PieceLength);
    }

    /// <summary>How many bytes at the end begin a character whose rest may follow.</summary>
    private static int IncompleteEnd(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var length = bytes[^back] switch
            {
                >= 0xf0 => 4,
                >= 0xe0 => 3,
                >= 0xc0 => 2,
                >= 0x80 => 0,
                _ => 1,
            };

            if (length > 0)
            {
                return length > back ? back : 0;
            }
        }

        return 0;
    }

    /// <summary>Rewrites <c>\r\n</c> and <c>\r</c> to <c>\n</c> in place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="afterReturn">Whether the text before ended in <c>\r</c>; on return, whether this one does.</param>
    /// <returns>How many bytes are left.</returns>
    private static int UnifyLineEnds(Span<byte> text, ref bool afterReturn)
    {
        if (!afterReturn && !text.Contains((byte)'\r'))
        {
            return text.Length;
        }

        var length = 0;

        foreach (var value in text)
        {
            if (value != '\n' || !afterReturn)
            {
                text[length++] = value == '\r' ? (byte)'\n' : value;
            }

            afterReturn = value == '\r';
        }

        return length;
    }
}
