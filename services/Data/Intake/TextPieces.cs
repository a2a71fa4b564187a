using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace FaultMaven.Data.Intake;

/// <summary>Decodes text: UTF-8, UTF-16 or UTF-32 by its byte order mark, otherwise UTF-8; what is invalid becomes U+FFFD.</summary>
internal static class TextPieces
{
    /// <summary>In characters. Below what the runtime keeps on its large object heap, which it seldom collects.</summary>
    private const int PieceLength = 1 << 15;

    /// <summary>
    /// The text in pieces that can be sent on: none ends inside a character. Line ends become <c>\n</c>, whatever they were, so that every
    /// reader of the stored text counts the same lines.
    /// </summary>
    public static async IAsyncEnumerable<string> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 1 << 16, leaveOpen: true);
        var buffer = ArrayPool<char>.Shared.Rent(PieceLength);

        try
        {
            var kept = 0;
            var afterReturn = false;

            while (await reader.ReadBlockAsync(buffer.AsMemory(kept, PieceLength - kept), cancellationToken) is > 0 and var read)
            {
                var length = kept + UnifyLineEnds(buffer.AsSpan(kept, read), ref afterReturn);
                kept = length > 0 && char.IsHighSurrogate(buffer[length - 1]) ? 1 : 0;

                if (length > kept)
                {
                    yield return new string(buffer, 0, length - kept);
                }

                if (kept > 0)
                {
                    buffer[0] = buffer[length - 1];
                }
            }
        }
        finally
        {
            // It held what was not redacted yet.
            ArrayPool<char>.Shared.Return(buffer, clearArray: true);
        }
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
