using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using StackExchange.Redis;

namespace FaultMaven.Sessions.Cases;

/// <summary>
/// The logs of cases in Redis: a list of events for each, whose length is the version. An event is added only at the version that its
/// writer saw, so the log has neither gaps nor lost updates, whichever replica writes.
/// </summary>
internal sealed class CaseLog(IConnectionMultiplexer redis, [FromKeyedServices(CaseLog.Service)] Outbox outbox, TimeProvider time)
{
    /// <summary>The service whose keys these are.</summary>
    public const string Service = "session";

    /// <summary>How long a watcher waits before it looks unasked; notices are not kept for who was disconnected when they came.</summary>
    private static readonly TimeSpan s_lookAnyway = TimeSpan.FromSeconds(10);

    /// <summary>Reads the events after a version, in order.</summary>
    /// <param name="name">The case; one that does not exist has no events.</param>
    /// <param name="afterVersion">0 for all of them.</param>
    /// <param name="count">At most this many; null for all.</param>
    public async Task<IReadOnlyList<Proto.CaseEvent>> ReadAsync(CaseName name, long afterVersion, long? count)
    {
        var last = count is { } limit ? afterVersion + limit - 1 : -1;
        var values = await redis.GetDatabase().ListRangeAsync(EventsKey(name), afterVersion, last);
        return Array.ConvertAll(values, value => Proto.CaseEvent.Parser.ParseFrom((byte[])value!));
    }

    /// <summary>Reads a whole case.</summary>
    /// <returns>Null if it does not exist.</returns>
    public async Task<CaseState?> FindAsync(CaseName name)
    {
        var events = await ReadAsync(name, afterVersion: 0, count: null);
        return events is [] ? null : CaseState.Fold(name, events);
    }

    /// <summary>Adds an event at the version after <paramref name="expectedVersion"/>; sets its version and time.</summary>
    /// <param name="name">The case.</param>
    /// <param name="expectedVersion">The version that the writer saw; 0 for a new case.</param>
    /// <param name="caseEvent">The event.</param>
    /// <param name="requestId">If not empty, the event is found again by it.</param>
    /// <returns>False if the case has moved on; nothing was written then.</returns>
    public async Task<bool> TryAppendAsync(CaseName name, long expectedVersion, Proto.CaseEvent caseEvent, string requestId)
    {
        caseEvent.Version = expectedVersion + 1;
        caseEvent.CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());

        var transaction = redis.GetDatabase().CreateTransaction();
        transaction.AddCondition(Condition.ListLengthEqual(EventsKey(name), expectedVersion));
        _ = transaction.ListRightPushAsync(EventsKey(name), caseEvent.ToByteArray());
        if (requestId.Length > 0)
        {
            transaction.AddCondition(Condition.HashNotExists(RequestsKey(name), requestId));
            _ = transaction.HashSetAsync(RequestsKey(name), requestId, caseEvent.Version);
        }

        if (caseEvent.CaseClosed is not null)
        {
            outbox.Stage(transaction, name.Id, new CaseClosed { Case = name.ToString() });
        }

        var appended = await transaction.ExecuteAsync();
        if (appended)
        {
            await redis.GetSubscriber().PublishAsync(Notices(name), caseEvent.Version, CommandFlags.FireAndForget);
        }

        return appended;
    }

    /// <summary>Adds an event at whatever version the case has, unless one with this request id is there already.</summary>
    /// <returns>False if the case does not exist.</returns>
    public async Task<bool> AppendOnceAsync(string caseName, Proto.CaseEvent caseEvent, string requestId, CancellationToken cancellationToken)
    {
        if (!CaseName.TryParse(caseName, out var name))
        {
            return false;
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var version = await redis.GetDatabase().ListLengthAsync(EventsKey(name));
            if (version == 0)
            {
                return false;
            }

            if (await FindByRequestAsync(name, requestId) is not null || await TryAppendAsync(name, version, caseEvent, requestId))
            {
                return true;
            }
        }
    }

    /// <summary>Finds the event that was added with a request id.</summary>
    public async Task<Proto.CaseEvent?> FindByRequestAsync(CaseName name, string requestId)
    {
        var version = await redis.GetDatabase().HashGetAsync(RequestsKey(name), requestId);
        return version.IsNull ? null : (await ReadAsync(name, (long)version - 1, 1)).SingleOrDefault();
    }

    /// <summary>The events after a version, those to come included, each once and in order, without end.</summary>
    public async IAsyncEnumerable<Proto.CaseEvent> WatchAsync(CaseName name, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int BatchSize = 200;
        var notices = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var subscriber = redis.GetSubscriber();
        void OnNotice(RedisChannel channel, RedisValue value) => notices.Writer.TryWrite(true);

        // Before the first read, so that nothing falls between the two.
        await subscriber.SubscribeAsync(Notices(name), OnNotice);
        try
        {
            while (true)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var events = await ReadAsync(name, afterVersion, BatchSize);
                foreach (var caseEvent in events)
                {
                    yield return caseEvent;
                    afterVersion = caseEvent.Version;
                }

                if (events.Count < BatchSize)
                {
                    await WaitForNoticeAsync(notices.Reader, cancellationToken);
                }
            }
        }
        finally
        {
            await subscriber.UnsubscribeAsync(Notices(name), OnNotice, CommandFlags.FireAndForget);
        }
    }

    private async Task WaitForNoticeAsync(ChannelReader<bool> notices, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), limit, s_lookAnyway, Timeout.InfiniteTimeSpan);
        try
        {
            await notices.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // No notice came in time; look anyway.
        }
    }

    private static RedisKey EventsKey(CaseName name) => RedisKeys.For(Service, name.Id, "events");

    private static RedisKey RequestsKey(CaseName name) => RedisKeys.For(Service, name.Id, "requests");

    private static RedisChannel Notices(CaseName name) => RedisChannel.Literal($"{Service}:{name.Id}:events");
}
