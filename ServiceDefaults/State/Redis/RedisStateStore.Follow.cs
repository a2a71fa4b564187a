using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.State.Redis;

internal sealed partial class RedisStateStore
{
    private const int BatchSize = 200;

    /// <summary>How long a reader waits for a notice at most before it reads without one.</summary>
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long it waits after a broken connection, and then twice as long each time: the subscription comes back after the connection,
    /// and what is written in between gives no notice.
    /// </summary>
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(1);

    public override async IAsyncEnumerable<IReadOnlyList<ReadOnlyMemory<byte>>> FollowAsync(
        Partition partition, string stream, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var subscriber = redis.GetSubscriber();
        var notices = RedisChannel.Literal(KeysOf(partition).Notices);
        void OnNotice(RedisChannel channel, RedisValue value) => wake.Writer.TryWrite(true);
        var isRestored = false;
        void OnRestored(object? sender, ConnectionFailedEventArgs restored)
        {
            Volatile.Write(ref isRestored, true);
            wake.Writer.TryWrite(true);
        }

        // Before the first read, so that nothing is missed between the two.
        await TranslateAsync(subscriber.SubscribeAsync(notices, OnNotice).WaitAsync(cancellationToken));
        redis.ConnectionRestored += OnRestored;
        var wait = s_maxWait;
        try
        {
            while (true)
            {
                wait = Interlocked.Exchange(ref isRestored, false) ? s_firstWait : wait * 2 < s_maxWait ? wait * 2 : s_maxWait;
                cancellationToken.ThrowIfCancellationRequested();
                var entries = await ReadAsync(partition, stream, after, BatchSize, cancellationToken);
                yield return entries;
                after += entries.Count;
                if (entries.Count < BatchSize)
                {
                    await WaitAsync(wake.Reader, wait, cancellationToken);
                }
            }
        }
        finally
        {
            redis.ConnectionRestored -= OnRestored;
            await subscriber.UnsubscribeAsync(notices, OnNotice, CommandFlags.FireAndForget);
        }
    }

    private async Task WaitAsync(ChannelReader<bool> wake, TimeSpan wait, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), limit, wait, Timeout.InfiniteTimeSpan);
        try
        {
            await wake.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No notice came in time.
        }
    }
}
