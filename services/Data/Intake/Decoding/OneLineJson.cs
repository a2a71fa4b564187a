using System.Buffers;
using System.Runtime.CompilerServices;

namespace FaultMaven.Data.Intake.Decoding;

/// <summary>
/// Lays out JSON that a tool wrote on one line, such as an answer of Loki or of the Kubernetes API: every object and list in a list begins
/// a line of the stored text, so that what is found in it can be cited. <c>{"items":[{"a":1},{"b":2}]}</c> becomes
/// <code>
/// {"items":[
/// {"a":1},
/// {"b":2}]}
/// </code>
/// Text that has a line end in its first piece is left as it is, and so is everything behind the first line end.
/// </summary>
internal sealed class OneLineJson
{
    private bool _isActive;
    private bool _isInString;
    private bool _isEscaped;

    // The last byte outside strings that is not white space.
    private byte _before;

    /// <summary>The text, laid out if it is JSON on one line. Pieces are cut and valid like those that come in.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> LayOutAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        OneLineJson? layout = null;
        byte[]? buffer = null;

        try
        {
            await foreach (var piece in pieces.WithCancellation(cancellationToken))
            {
                layout ??= new OneLineJson { _isActive = Begins(piece.Span) };

                if (!layout._isActive)
                {
                    yield return piece;
                    continue;
                }

                if (buffer is null || buffer.Length < 2 * piece.Length)
                {
                    Return(buffer);
                    buffer = ArrayPool<byte>.Shared.Rent(2 * piece.Length);
                }

                yield return buffer.AsMemory(0, layout.Write(piece.Span, buffer));
            }
        }
        finally
        {
            Return(buffer);
        }
    }

    private static bool Begins(ReadOnlySpan<byte> text)
    {
        var start = text.TrimStart(" \t"u8);
        var next = start.IsEmpty ? start : start[1..].TrimStart(" \t"u8);

        return !text.TrimEnd("\n"u8).Contains((byte)'\n')
            && (start is [(byte)'{', ..] ? next is [(byte)'"', ..] : start is [(byte)'[', ..] && next is [(byte)'{' or (byte)'[', ..]);
    }

    private int Write(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var length = 0;

        foreach (var letter in text)
        {
            if (_isActive && BeginsLine(letter))
            {
                to[length++] = (byte)'\n';
            }

            to[length++] = letter;
        }

        return length;
    }

    private bool BeginsLine(byte letter)
    {
        if (_isInString)
        {
            _isInString = _isEscaped || letter != '"';
            _isEscaped = !_isEscaped && letter == '\\';

            return false;
        }

        var begins = (letter is (byte)'{' or (byte)'[') && (_before is (byte)',' or (byte)'[');
        _isActive = letter != '\n';
        _isInString = letter == '"';
        _before = letter is (byte)' ' or (byte)'\t' ? _before : letter;

        return begins;
    }

    // It held what was not redacted yet.
    private static void Return(byte[]? buffer)
    {
        if (buffer is not null)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        }
    }
}
