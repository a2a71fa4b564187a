using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StackExchange.Redis;

namespace FaultMaven.Agents.Turns;

/// <summary>Follows the events of turns as they come, whichever process adds them.</summary>
internal sealed class TurnEvents(TurnStore store, IConnectionMultiplexer redis, TimeProvider time)
{
    // A notice can get lost with its connection; looking unasked this often bounds how late an event may be.
    private static readonly TimeSpan s_unasked = TimeSpan.FromSeconds(1);

    /// <summary>The events after <paramref name="afterSequence"/>, past ones first, up to the turn's last.</summary>
    public async IAsyncEnumerable<Proto.TurnEvent> WatchAsync(
        TurnName name, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var notices = await redis.GetSubscriber().SubscribeAsync(TurnKeys.Channel(name));
        notices.OnMessage(_ => { wake.Writer.TryWrite(true); });
        using var timer = time.CreateTimer(_ => wake.Writer.TryWrite(true), null, s_unasked, s_unasked);
        try
        {
            while (true)
            {
                foreach (var next in await store.ListEventsAsync(name, afterSequence))
                {
                    yield return next;
                    afterSequence = next.Sequence;
                    if (next.Completed is not null || next.Failed is not null)
                    {
                        yield break;
                    }
                }

                // A caller that has seen the last event already waits for nothing.
                if (await store.FindAsync(name) is not { State: Proto.Turn.Types.State.Running } && (await store.ListEventsAsync(name, afterSequence)).Count == 0)
                {
                    yield break;
                }

                await wake.Reader.ReadAsync(cancellationToken);
            }
        }
        finally
        {
            await notices.UnsubscribeAsync();
        }
    }
}
