using System.Buffers;
using System.Text;

namespace FaultMaven.Data.Intake.Decoding;

/// <summary>Converts text to UTF-8, in buffers that it rents when the first is converted: most texts need none.</summary>
internal sealed class RentedConversion : IDisposable
{
    private char[] _characters = [];
    private byte[] _utf8 = [];

    /// <summary>Converts a piece.</summary>
    /// <param name="decoder">What the bytes are.</param>
    /// <param name="bytes">The piece.</param>
    /// <param name="isLast">Whether no character continues in the next piece.</param>
    /// <param name="beyondAscii">How many UTF-16 code units of it are not ASCII.</param>
    /// <returns>Valid until the next is converted.</returns>
    public Memory<byte> Convert(Decoder decoder, ReadOnlySpan<byte> bytes, bool isLast, out int beyondAscii)
    {
        Rent(ref _characters, Encoding.UTF8.GetMaxCharCount(bytes.Length));
        var text = _characters.AsSpan(0, decoder.GetChars(bytes, _characters, isLast));
        Rent(ref _utf8, Encoding.UTF8.GetMaxByteCount(text.Length));
        beyondAscii = CountBeyondAscii(text);

        return _utf8.AsMemory(0, Encoding.UTF8.GetBytes(text, _utf8));
    }

    public void Dispose()
    {
        // They held what was not redacted yet.
        ArrayPool<char>.Shared.Return(_characters, clearArray: true);
        ArrayPool<byte>.Shared.Return(_utf8, clearArray: true);
    }

    private static void Rent<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            ArrayPool<T>.Shared.Return(buffer, clearArray: true);
            buffer = ArrayPool<T>.Shared.Rent(length);
        }
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
}
