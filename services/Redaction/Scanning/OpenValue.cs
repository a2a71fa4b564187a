using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Scanning;

/// <summary>
/// A value that fills a whole window, such as a key of megabytes on one line: all of it is one finding, up to the first character that can't belong to it. Only
/// its hash is kept, so memory stays flat.
/// </summary>
internal sealed class OpenValue(string type, double confidence, long start) : IDisposable
{
    private static readonly SearchValues<char> s_end = SearchValues.Create(" \t\r\n\"'`<>");

    // What encoded keys consist of, with the line breaks, quotes and escapes around their lines.
    private static readonly SearchValues<char> s_keyBody =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-\\\"', \t\r\n");

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _length;

    /// <summary>Takes what belongs to the value from the front of a text, and says how much that was; less than all means that the value has ended.</summary>
    public int Take(ReadOnlySpan<char> text)
    {
        var length = type == FindingTypes.PrivateKey ? text.IndexOfAnyExcept(s_keyBody) : text.IndexOfAny(s_end);
        length = length < 0 ? text.Length : length;
        _hash.AppendData(MemoryMarshal.AsBytes(text[..length]));
        _length += length;
        return length;
    }

    /// <summary>The finding, and the end of the value.</summary>
    public ScannedFinding Close() =>
        new(type, start, start + _length, confidence, 0, 0, $"sha256:{Convert.ToHexStringLower(_hash.GetHashAndReset())}");

    public void Dispose() => _hash.Dispose();
}
