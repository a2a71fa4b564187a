using System.Buffers;

namespace FaultMaven.Redaction.Scanning;

/// <summary>A text in a buffer that others get once it is disposed of; then no one may read it any more.</summary>
/// <param name="buffer">Rented from the shared pool, and given back to it.</param>
/// <param name="length">Of the text, from the buffer's start, in UTF-16 code units.</param>
internal sealed class PooledText(char[] buffer, int length) : IDisposable
{
    private bool _isReturned;

    public static PooledText Empty => new([], 0);

    public int Length => length;

    public ReadOnlySpan<char> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isReturned, this);
            return buffer.AsSpan(0, length);
        }
    }

    public static PooledText Copy(ReadOnlySpan<char> text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(text.Length);
        text.CopyTo(buffer);
        return new PooledText(buffer, text.Length);
    }

    public override string ToString() => Span.ToString();

    /// <summary>For a text that may hold secrets: wipes it out before it is disposed of.</summary>
    public void Wipe()
    {
        if (!_isReturned)
        {
            buffer.AsSpan(0, length).Clear();
            Dispose();
        }
    }

    public void Dispose()
    {
        if (!_isReturned)
        {
            _isReturned = true;
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
