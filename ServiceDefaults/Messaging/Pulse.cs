using System.Threading.Channels;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>Waits for a notice or the next tick, whichever comes first, again and again. For one caller.</summary>
internal sealed class Pulse(ChannelReader<bool> notices, PeriodicTimer timer)
{
    private Task<bool>? _notice;
    private Task<bool>? _tick;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        // A pending wait is kept: each new one would stay queued in the channel until the next notice.
        _notice ??= notices.WaitToReadAsync(cancellationToken).AsTask();
        _tick ??= timer.WaitForNextTickAsync(cancellationToken).AsTask();
        await Task.WhenAny(_notice, _tick);
        if (_notice.IsCompleted)
        {
            notices.TryRead(out _);
            _notice = null;
        }

        if (_tick.IsCompleted)
        {
            _tick = null;
        }
    }
}
