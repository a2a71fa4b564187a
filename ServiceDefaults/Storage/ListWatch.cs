using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>Follows Redis lists that are only appended to, whichever process appends.</summary>
public sealed class ListWatch(IConnectionMultiplexer redis, TimeProvider time)
{
    private const int BatchSize = 200;

    /// <summary>
    /// How long a reader waits for a notice before it reads without one. Redis does not keep notices for a client that is disconnected.
    /// </summary>
    private static readonly TimeSpan s_maxWait = TimeSpan.FromSeconds(10);

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

        // Before the first read, so that nothing is missed between the two.
        await subscriber.SubscribeAsync(notices, OnNotice);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var values = await redis.GetDatabase().ListRangeAsync(list, after, after + BatchSize - 1);
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
