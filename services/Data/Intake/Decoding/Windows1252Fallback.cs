using System.Text;

namespace FaultMaven.Data.Intake.Decoding;

/// <summary>
/// Reads bytes that are not UTF-8 as Windows-1252, of which Latin-1 is a part: what older programs write, alone or into a log that others
/// write in UTF-8. Every byte has a meaning there, so nothing is lost. Counts them.
/// </summary>
internal sealed class Windows1252Fallback : DecoderFallback
{
    // 0x80 to 0x9F; the rest of the code page is Latin-1, whose numbers are those of Unicode. The five that Windows leaves undefined mean
    // themselves (https://encoding.spec.whatwg.org/index-windows-1252.txt).
    private const string HighControls = "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f"
        + "\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178";

    /// <summary>How many bytes were read so.</summary>
    public long Count { get; private set; }

    /// <summary>The longest run of bytes that a decoder of UTF-8 gives up at once.</summary>
    public override int MaxCharCount => 4;

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    private static char Read(byte value) => value is >= 0x80 and <= 0x9f ? HighControls[value - 0x80] : (char)value;

    private sealed class Buffer(Windows1252Fallback owner) : DecoderFallbackBuffer
    {
        private byte[] _bytes = [];
        private int _next;

        public override int Remaining => _bytes.Length - _next;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            _bytes = bytesUnknown;
            _next = 0;
            owner.Count += bytesUnknown.Length;

            return bytesUnknown.Length > 0;
        }

        public override char GetNextChar() => _next < _bytes.Length ? Read(_bytes[_next++]) : '\0';

        public override bool MovePrevious()
        {
            if (_next == 0)
            {
                return false;
            }

            _next--;

            return true;
        }

        public override void Reset()
        {
            _bytes = [];
            _next = 0;
        }
    }
}
