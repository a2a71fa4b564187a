using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Scanning;

/// <summary>
/// A value that fills a whole window, such as a key of megabytes on one line: all of it is one finding, up to the first character that
/// can't belong to it. Only its hash is kept, so memory stays flat.
/// </summary>
internal sealed class OpenValue(string type, double confidence, long start) : IDisposable
{
    private static readonly SearchValues<char> s_end = SearchValues.Create(" \t\r\n\"'`<>");

    // What encoded keys consist of, with the line breaks, quotes and escapes around their lines.
    private static readonly SearchValues<char> s_keyBody =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-\\\"', \t\r\n");

    private const int MaxEndLine = 80;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    /// <summary>Takes what belongs to the value from the front of a text.</summary>
    /// <param name="text">What follows in the input.</param>
    /// <param name="isLast">Whether nothing follows it.</param>
    /// <param name="hasEnded">Whether the value ends in this text.</param>
    /// <returns>How much was taken. A little may be left although the value continues, because it could begin its end mark.</returns>
    public int Take(ReadOnlySpan<char> text, bool isLast, out bool hasEnded)
    {
        var length = type == FindingTypes.PrivateKey ? KeyLength(text, isLast, out hasEnded) : ValueLength(text, out hasEnded);
        hasEnded |= isLast;
        _hash.AppendData(MemoryMarshal.AsBytes(text[..length]));
        _length += length;
        return length;
    }

    /// <summary>The finding, and the end of the value.</summary>
    public ScannedFinding Close() =>
        new(type, start, start + _length, confidence, 0, 0, $"sha256:{Convert.ToHexStringLower(_hash.GetHashAndReset())}");

    public void Dispose() => _hash.Dispose();

    private static int ValueLength(ReadOnlySpan<char> text, out bool hasEnded)
    {
        var end = text.IndexOfAny(s_end);
        hasEnded = end >= 0;
        return hasEnded ? end : text.Length;
    }

    // Up to the dashes that close the END line, or to what no key holds.
    private static int KeyLength(ReadOnlySpan<char> text, bool isLast, out bool hasEnded)
    {
        var body = text.IndexOfAnyExcept(s_keyBody);
        var mark = text.IndexOf("-----END", StringComparison.Ordinal);
        hasEnded = body >= 0 || mark >= 0;
        if (mark >= 0 && (body < 0 || mark < body))
        {
            var line = text[(mark + 5)..];
            var dashes = line[..Math.Min(MaxEndLine, line.Length)].IndexOf("-----", StringComparison.Ordinal);
            hasEnded = dashes >= 0 || line.Length >= MaxEndLine || isLast;
            return !hasEnded ? mark : mark + 5 + (dashes < 0 ? 3 : dashes + 5);
        }

        return hasEnded ? body : isLast ? text.Length : Math.Max(0, text.Length - MaxEndLine);
    }
}
