using System.Globalization;
using System.Text;
using System.Text.Json;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>
/// Holds the strings of one JSON object after another, so that reading a line allocates nothing. What it gave is valid until the next
/// <see cref="Reset"/>. Not safe for use by several threads.
/// </summary>
internal sealed class JsonText
{
    // \u0041
    private const int CodeLength = 6;

    private char[] _characters = new char[1_024];
    private int _length;

    /// <summary>Forgets what it holds.</summary>
    /// <param name="length">How long the next object's text is: its strings, unescaped, are not longer.</param>
    public void Reset(int length)
    {
        if (_characters.Length < length)
        {
            _characters = new char[Math.Max(length, 2 * _characters.Length)];
        }

        _length = 0;
    }

    /// <summary>
    /// The string that the reader is on. One that has half of a surrogate pair, as programs write that cut texts anywhere, is left as
    /// it is written.
    /// </summary>
    public ReadOnlySpan<char> Take(scoped ref Utf8JsonReader reader)
    {
        var room = _characters.AsSpan(_length);
        var length = reader.ValueIsEscaped && HasHalfPair(reader.ValueSpan) ? Encoding.UTF8.GetChars(reader.ValueSpan, room)
            : reader.CopyString(room);
        _length += length;
        return room[..length];
    }

    // "cut \ud83d" is valid JSON, but no text.
    private static bool HasHalfPair(ReadOnlySpan<byte> escaped)
    {
        var isOpen = false;

        for (var at = escaped.IndexOf((byte)'\\'); at >= 0; at = escaped.IndexOf((byte)'\\'))
        {
            var isCode = int.TryParse(escaped[(at + 1)..] is [(byte)'u', ..] ? escaped.Slice(at + 2, 2)
                : [], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high);
            var isLow = high is >= 0xdc and <= 0xdf;

            if (isOpen ? at > 0 || !isLow : isLow)
            {
                return true;
            }

            isOpen = isCode && high is >= 0xd8 and <= 0xdb;
            escaped = escaped[(at + (isCode ? CodeLength : 2))..];
        }

        return isOpen;
    }
}
