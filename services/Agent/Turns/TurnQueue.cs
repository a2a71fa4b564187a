using System.Collections.Concurrent;
using System.Threading.Channels;
using FaultMaven.Protos.Names;

namespace FaultMaven.Agents.Turns;

/// <summary>Hands turns to the workers of this process, each once, and cancels them.</summary>
internal sealed class TurnQueue(TimeProvider time)
{
    private const int Capacity = 256;
    private const int MaxBackoffSteps = 6;

    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromSeconds(1);

    private readonly Channel<TurnName> _waiting =
        Channel.CreateBounded<TurnName>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentDictionary<TurnName, byte> _queued = [];
    private readonly ConcurrentDictionary<TurnName, CancellationTokenSource> _running = [];
    private readonly ConcurrentDictionary<TurnName, Backoff> _postponed = [];

    /// <summary>
    /// Queues a turn unless it is queued, runs here, or waits for its next attempt. A full queue drops it; the next sweep finds it.
    /// </summary>
    public void Offer(TurnName name)
    {
        if (_running.ContainsKey(name) || IsPostponed(name) || !_queued.TryAdd(name, 0))
        {
            return;
        }

        if (_waiting.Writer.TryWrite(name))
        {
            AgentTelemetry.ChangeQueueDepth(1);
        }
        else
        {
            _queued.TryRemove(name, out _);
        }
    }

    /// <summary>Offers every unsettled turn, and forgets the back-off of those that are settled.</summary>
    public void OfferAll(IReadOnlyCollection<TurnName> unsettled)
    {
        foreach (var settled in _postponed.Keys.Except(unsettled))
        {
            _postponed.TryRemove(settled, out _);
        }

        foreach (var name in unsettled)
        {
            Offer(name);
        }
    }

    /// <summary>Takes the next turn; waits for one.</summary>
    public async ValueTask<TurnName> TakeAsync(CancellationToken cancellationToken)
    {
        var name = await _waiting.Reader.ReadAsync(cancellationToken);
        _queued.TryRemove(name, out _);
        AgentTelemetry.ChangeQueueDepth(-1);
        return name;
    }

    /// <summary>Marks a turn as running here. False if it is already.</summary>
    public bool TryStart(TurnName name, CancellationTokenSource cancellation) => _running.TryAdd(name, cancellation);

    /// <summary>Marks a turn as not running here any more.</summary>
    public void Finish(TurnName name) => _running.TryRemove(name, out _);

    /// <summary>Keeps a turn out of the queue for a time that doubles with each call, up to a minute.</summary>
    public void Postpone(TurnName name) => _postponed.AddOrUpdate(
        name,
        _ => new(1, time.GetUtcNow() + s_firstBackoff),
        (_, last) => new(Math.Min(last.Steps + 1, MaxBackoffSteps), time.GetUtcNow() + (s_firstBackoff * (1 << last.Steps))));

    /// <summary>Cancels a turn if it runs in this process.</summary>
    public async Task StopAsync(TurnName name)
    {
        if (_running.TryGetValue(name, out var cancellation))
        {
            await cancellation.CancelAsync();
        }
    }

    private bool IsPostponed(TurnName name) => _postponed.TryGetValue(name, out var backoff) && time.GetUtcNow() < backoff.Until;

    private sealed record Backoff(int Steps, DateTimeOffset Until);
}
