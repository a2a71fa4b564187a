using FaultMaven.Data.Intake.Bytes;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>The next <paramref name="length"/> bytes of a stream as a stream.</summary>
internal sealed class Section(Stream inner, long length) : ReadOnlyStream
{
    private long _left = length;
    private bool _ended;

    /// <summary>Whether the stream below ended before the section did.</summary>
    public bool IsCutOff => _ended && _left > 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _left)], cancellationToken);
        _left -= count;
        _ended |= count == 0;

        return count;
    }

    /// <summary>Passes over what was not read. False if the stream ends before that.</summary>
    public async Task<bool> SkipRestAsync(CancellationToken cancellationToken)
    {
        await CopyToAsync(Null, cancellationToken);

        return _left == 0;
    }
}
