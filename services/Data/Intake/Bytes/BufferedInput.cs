namespace FaultMaven.Data.Intake.Bytes;

/// <summary>A stream that can be looked at before it is read. Memory: one buffer.</summary>
internal sealed class BufferedInput(Stream inner) : ReadOnlyStream
{
    /// <summary>How many bytes can be looked at, at most.</summary>
    public const int MaxPeek = 1 << 15;

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(2 * MaxPeek);
    private int _start;
    private int _end;

    /// <summary>How many bytes came from the stream below, looked at or read.</summary>
    public long BytesTaken { get; private set; }

    /// <summary>The last four of them, read as a little-endian number.</summary>
    public uint Tail { get; private set; }

    /// <summary>The next bytes, which stay: <paramref name="count"/> of them at least, or all that are left.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaxPeek);

        while (_end - _start < count && await FillAsync(cancellationToken))
        {
        }

        return _buffer.AsMemory(_start.._end);
    }

    /// <summary>Passes over bytes that were looked at.</summary>
    public void Skip(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _end - _start);
        _start += count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_start == _end && !await FillAsync(cancellationToken))
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _end - _start);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _start += count;

        return count;
    }

    /// <returns>False at the end of the stream below.</returns>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        var count = await inner.ReadAsync(_buffer.AsMemory(_end), cancellationToken);

        foreach (var value in _buffer.AsSpan(_end, count)[Math.Max(0, count - sizeof(uint))..])
        {
            Tail = (Tail >> 8) | ((uint)value << 24);
        }

        _end += count;
        BytesTaken += count;

        return count > 0;
    }
}
