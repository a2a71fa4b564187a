using System.Text.Json;

namespace FaultMaven.Data.Logs;

/// <summary>
/// Holds the strings of one JSON object after another, so that reading a line allocates nothing. What it gave is valid until the next
/// <see cref="Reset"/>. Not safe for use by several threads.
/// </summary>
internal sealed class JsonText
{
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

    /// <summary>The string that the reader stands on.</summary>
    public ReadOnlySpan<char> Take(scoped ref Utf8JsonReader reader)
    {
        var length = reader.CopyString(_characters.AsSpan(_length));
        var text = _characters.AsSpan(_length, length);
        _length += length;
        return text;
    }
}
