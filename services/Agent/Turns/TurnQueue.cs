using System.Collections.Concurrent;
using System.Threading.Channels;

namespace FaultMaven.Agents.Turns;

/// <summary>Hands turns to the workers of this process, each once, and cancels them.</summary>
internal sealed class TurnQueue(TimeProvider time)
{
    private const int Capacity = 256;
    private const int MaxBackoffSteps = 6;

    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromSeconds(1);

    private readonly Channel<QueuedTurn> _waiting =
        Channel.CreateBounded<QueuedTurn>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait });

    private readonly ConcurrentDictionary<TenantTurn, byte> _queued = [];
    private readonly ConcurrentDictionary<TenantTurn, CancellationTokenSource> _running = [];
    private readonly ConcurrentDictionary<TenantTurn, Backoff> _postponed = [];

    /// <summary>
    /// Queues a turn unless it is queued, runs here, or waits for its next attempt. A full queue drops it; the next sweep finds it.
    /// </summary>
    public void Offer(QueuedTurn turn)
    {
        var key = turn.Key;
        if (_running.ContainsKey(key) || IsPostponed(key) || !_queued.TryAdd(key, 0))
        {
            return;
        }

        if (_waiting.Writer.TryWrite(turn))
        {
            AgentTelemetry.ChangeQueueDepth(1);
        }
        else
        {
            _queued.TryRemove(key, out _);
        }
    }

    /// <summary>Offers every unsettled turn, and forgets the back-off of those that are settled.</summary>
    public void OfferAll(IReadOnlyCollection<QueuedTurn> unsettled)
    {
        foreach (var settled in _postponed.Keys.Except(unsettled.Select(turn => turn.Key)))
        {
            _postponed.TryRemove(settled, out _);
        }

        foreach (var turn in unsettled)
        {
            Offer(turn);
        }
    }

    /// <summary>Takes the next turn; waits for one.</summary>
    public async ValueTask<QueuedTurn> TakeAsync(CancellationToken cancellationToken)
    {
        var turn = await _waiting.Reader.ReadAsync(cancellationToken);
        _queued.TryRemove(turn.Key, out _);
        AgentTelemetry.ChangeQueueDepth(-1);
        return turn;
    }

    /// <summary>Marks a turn as running here. False if it is already.</summary>
    public bool TryStart(TenantTurn turn, CancellationTokenSource cancellation) => _running.TryAdd(turn, cancellation);

    /// <summary>Marks a turn as not running here any more.</summary>
    public void Finish(TenantTurn turn) => _running.TryRemove(turn, out _);

    /// <summary>Keeps a turn out of the queue for a time that doubles with each call, up to a minute.</summary>
    public void Postpone(TenantTurn turn) => _postponed.AddOrUpdate(
        turn,
        _ => new(1, time.GetUtcNow() + s_firstBackoff),
        (_, last) => new(Math.Min(last.Steps + 1, MaxBackoffSteps), time.GetUtcNow() + (s_firstBackoff * (1 << last.Steps))));

    /// <summary>Cancels a turn if it runs in this process.</summary>
    public async Task StopAsync(TenantTurn turn)
    {
        if (_running.TryGetValue(turn, out var cancellation))
        {
            await cancellation.CancelAsync();
        }
    }

    private bool IsPostponed(TenantTurn turn) => _postponed.TryGetValue(turn, out var backoff) && time.GetUtcNow() < backoff.Until;

    private sealed record Backoff(int Steps, DateTimeOffset Until);
}
