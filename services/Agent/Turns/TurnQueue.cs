using System.Collections.Concurrent;
using System.Threading.Channels;

namespace FaultMaven.Agents.Turns;

/// <summary>Hands turns to the workers of this process, and stops them.</summary>
internal sealed class TurnQueue
{
    private const int Capacity = 256;

    // A turn that finds the queue full is not lost: the sweep over unsettled turns finds it.
    private readonly Channel<TurnName> _waiting = Channel.CreateBounded<TurnName>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<TurnName, CancellationTokenSource> _running = [];

    public ChannelReader<TurnName> Waiting => _waiting.Reader;

    public void Offer(TurnName name)
    {
        if (!_running.ContainsKey(name))
        {
            _waiting.Writer.TryWrite(name);
        }
    }

    /// <summary>Marks a turn as running here. False if it is already.</summary>
    public bool TryStart(TurnName name, CancellationTokenSource cancellation) => _running.TryAdd(name, cancellation);

    public void Finish(TurnName name) => _running.TryRemove(name, out _);

    /// <summary>Stops a turn if it runs in this process.</summary>
    public async Task StopAsync(TurnName name)
    {
        if (_running.TryGetValue(name, out var cancellation))
        {
            await cancellation.CancelAsync();
        }
    }
}
