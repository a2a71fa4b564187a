using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>Follows Redis lists that are only appended to, whichever process appends.</summary>
public sealed class ListWatch(IConnectionMultiplexer redis, TimeProvider time)
{
    private const int BatchSize = 200;

    /// <summary>
    /// How long a reader waits for a notice before it reads without one. Notices are sent with the write and the list is read again after a
    /// broken connection, so this is only for what falls between a connection and its subscription.
    /// </summary>
    private static readonly TimeSpan s_maxWait = TimeSpan.FromMinutes(1);

    /// <summary>The values of a list in batches, those to come included, each once and in order, without end.</summary>
    /// <param name="list">The list.</param>
    /// <param name="notices">The channel on which every writer announces what it appended.</param>
    /// <param name="after">How many values the caller has seen.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>Batches. An empty batch says that there is nothing new, so that the caller can check whether to continue.</returns>
    public async IAsyncEnumerable<IReadOnlyList<RedisValue>> FollowAsync(
        RedisKey list, RedisChannel notices, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var subscriber = redis.GetSubscriber();
        void OnNotice(RedisChannel channel, RedisValue value) => wake.Writer.TryWrite(true);
        void OnRestored(object? sender, ConnectionFailedEventArgs restored) => wake.Writer.TryWrite(true);

        // Before the first read, so that nothing is missed between the two.
        await subscriber.SubscribeAsync(notices, OnNotice).WaitAsync(cancellationToken);
        redis.ConnectionRestored += OnRestored;
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var values = await redis.GetDatabase().ListRangeAsync(list, after, after + BatchSize - 1).WaitAsync(cancellationToken);
                yield return values;
                after += values.Length;
                if (values.Length < BatchSize)
                {
                    await WaitAsync(wake.Reader, cancellationToken);
                }
            }
        }
        finally
        {
            redis.ConnectionRestored -= OnRestored;
            await subscriber.UnsubscribeAsync(notices, OnNotice, CommandFlags.FireAndForget);
        }
    }

    private async Task WaitAsync(ChannelReader<bool> wake, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(
            static state => ((CancellationTokenSource)state!).Cancel(), limit, s_maxWait, Timeout.InfiniteTimeSpan);
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
