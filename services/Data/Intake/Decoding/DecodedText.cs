using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace FaultMaven.Data.Intake.Decoding;

/// <summary>
/// A text on its way from bytes to characters. UTF-16 and UTF-32 are known by their first bytes; everything else is UTF-8, and bytes that are not are
/// read as Windows-1252.
/// </summary>
/// <param name="head">The first bytes of the text.</param>
/// <param name="stream">The text from its start.</param>
internal sealed class DecodedText(ReadOnlyMemory<byte> head, Stream stream)
{
    /// <summary>
    /// In bytes, so that a piece has no more characters than this: below what the runtime keeps on its large object heap, which it seldom collects.
    /// </summary>
    private const int PieceLength = 1 << 15;

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
    /// The text in pieces that can be sent on: none ends inside a character. Line ends become <c>\n</c>, whatever they were, so that every
    /// reader of the stored text counts the same lines.
    /// </summary>
    public async IAsyncEnumerable<string> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _encoding = TextEncoding.Detect(head.Span);
        var encoding = _encoding.Encoding ?? Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, _fallback);
        var decoder = encoding.GetDecoder();
        var bytes = ArrayPool<byte>.Shared.Rent(PieceLength);
        var characters = ArrayPool<char>.Shared.Rent(encoding.GetMaxCharCount(PieceLength));

        try
        {
            await stream.ReadExactlyAsync(bytes.AsMemory(0, _encoding.MarkLength), cancellationToken);
            var afterReturn = false;
            int read;

            do
            {
                read = await stream.ReadAtLeastAsync(bytes.AsMemory(0, PieceLength), PieceLength, throwOnEndOfStream: false, cancellationToken);
                var count = Decode(decoder, bytes.AsSpan(0, read), characters, isLast: read < PieceLength);

                if (UnifyLineEnds(characters.AsSpan(0, count), ref afterReturn) is > 0 and var length)
                {
                    yield return new string(characters, 0, length);
                }
            }
            while (read == PieceLength);
        }
        finally
        {
            // They held what was not redacted yet.
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
            ArrayPool<char>.Shared.Return(characters, clearArray: true);
        }
    }

    private int Decode(Decoder decoder, ReadOnlySpan<byte> bytes, Span<char> characters, bool isLast)
    {
        var before = _fallback.Count;
        var count = decoder.GetChars(bytes, characters, flush: isLast);

        if (!_hasUtf8 && characters[..count].ContainsAnyExceptInRange('\0', '\u007f'))
        {
            _hasUtf8 = _fallback.Count - before < CountBeyondAscii(characters[..count]);
        }

        return count;
    }

    private static int CountBeyondAscii(ReadOnlySpan<char> text)
    {
        var count = 0;

        foreach (var character in text)
        {
            count += character > '\u007f' ? 1 : 0;
        }

        return count;
    }

    /// <summary>Rewrites <c>\r\n</c> and <c>\r</c> to <c>\n</c> in place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="afterReturn">Whether the text before ended in <c>\r</c>; on return, whether this one does.</param>
    /// <returns>How many characters are left.</returns>
    private static int UnifyLineEnds(Span<char> text, ref bool afterReturn)
    {
        if (!afterReturn && !text.Contains('\r'))
        {
            return text.Length;
        }

        var length = 0;

        foreach (var character in text)
        {
            if (character != '\n' || !afterReturn)
            {
                text[length++] = character == '\r' ? '\n' : character;
            }

            afterReturn = character == '\r';
        }

        return length;
    }
}
