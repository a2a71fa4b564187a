using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf;
using StackExchange.Redis;

namespace FaultMaven.Data.Store;

/// <summary>
/// The records of evidence and their signals, in Redis. A case has five keys in one slot: <c>evidence</c> (id → record), <c>signals</c>
/// (id → signals), <c>order</c> (ids, oldest first), <c>contents</c> (sha256 → id, which keeps equal content from being stored twice) and
/// <c>sizes</c> (id → bytes of stored text).
/// </summary>
internal sealed class EvidenceStore(IConnectionMultiplexer redis, [FromKeyedServices(EvidenceStore.Service)] Outbox outbox)
{
    public const string Service = "data";

    private IDatabase Database => redis.GetDatabase();

    /// <summary>Stores evidence, its signals and the message about it together, or nothing if the case holds the same content already.</summary>
    /// <remarks>It cannot be cancelled: half-way, nobody would know whether it happened.</remarks>
    /// <returns>False if it holds the same content already.</returns>
    public async Task<bool> TryAddAsync(EvidenceName name, Proto.Evidence evidence, IReadOnlyList<Proto.Signal> signals, long storedBytes)
    {
        var transaction = Database.CreateTransaction();

        if (evidence.ContentSha256.Length > 0)
        {
            transaction.AddCondition(Condition.HashNotExists(Contents(name.Case), evidence.ContentSha256));
            _ = transaction.HashSetAsync(Contents(name.Case), evidence.ContentSha256, name.Id);
        }

        _ = transaction.HashSetAsync(Records(name.Case), name.Id, evidence.ToByteArray());
        _ = transaction.HashSetAsync(Signals(name.Case), name.Id, new Proto.ListSignalsResponse { Signals = { signals } }.ToByteArray());
        _ = transaction.SortedSetAddAsync(Order(name.Case), name.Id, evidence.CreateTime.ToDateTimeOffset().ToUnixTimeMilliseconds());
        _ = transaction.HashSetAsync(Sizes(name.Case), name.Id, storedBytes);
        outbox.Stage(transaction, name.Case.Id, Analyzed(name, evidence, signals));

        return await transaction.ExecuteAsync();
    }

    /// <summary>How many bytes of text a case holds.</summary>
    public async Task<long> CountBytesAsync(CaseName parent, CancellationToken cancellationToken) =>
        (await Database.HashValuesAsync(Sizes(parent)).WaitAsync(cancellationToken)).Sum(size => (long)size);

    public async Task<Proto.Evidence?> FindAsync(EvidenceName name, CancellationToken cancellationToken)
    {
        var record = await Database.HashGetAsync(Records(name.Case), name.Id).WaitAsync(cancellationToken);

        return record.IsNull ? null : Proto.Evidence.Parser.ParseFrom((byte[])record!);
    }

    /// <summary>Replaces a record and its signals, and announces the analysis again, if the record is still the one that was read.</summary>
    /// <param name="name">The evidence.</param>
    /// <param name="read">What <see cref="ReadAsync"/> gave.</param>
    /// <param name="evidence">What it is to be.</param>
    /// <param name="signals">What was found in it.</param>
    /// <returns>False if somebody changed or deleted it in the meantime.</returns>
    public async Task<bool> TryReplaceAsync(EvidenceName name, RedisValue read, Proto.Evidence evidence, IReadOnlyList<Proto.Signal> signals)
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.HashEqual(Records(name.Case), name.Id, read));
        _ = transaction.HashSetAsync(Records(name.Case), name.Id, evidence.ToByteArray());
        _ = transaction.HashSetAsync(Signals(name.Case), name.Id, new Proto.ListSignalsResponse { Signals = { signals } }.ToByteArray());
        outbox.Stage(transaction, name.Case.Id, Analyzed(name, evidence, signals));

        return await transaction.ExecuteAsync();
    }

    /// <summary>A record as it is stored, for <see cref="TryReplaceAsync"/>; null if there is none.</summary>
    public async Task<RedisValue?> ReadAsync(EvidenceName name, CancellationToken cancellationToken) =>
        await Database.HashGetAsync(Records(name.Case), name.Id).WaitAsync(cancellationToken) is { IsNull: false } record ? record : default(RedisValue?);

    /// <summary>The evidence of a case that has this content, if any.</summary>
    public async Task<Proto.Evidence?> FindByContentAsync(CaseName parent, string sha256, CancellationToken cancellationToken)
    {
        var id = await Database.HashGetAsync(Contents(parent), sha256).WaitAsync(cancellationToken);

        return id.IsNull ? null : await FindAsync(new EvidenceName(parent, id.ToString()), cancellationToken);
    }

    /// <summary>At most <paramref name="count"/> of the evidence of a case, oldest first, from <paramref name="offset"/> on.</summary>
    public async Task<IReadOnlyList<Proto.Evidence>> ListAsync(CaseName parent, long offset, int count, CancellationToken cancellationToken)
    {
        var ids = await Database.SortedSetRangeByRankAsync(Order(parent), offset, offset + count - 1).WaitAsync(cancellationToken);

        if (ids.Length == 0)
        {
            return [];
        }

        var records = await Database.HashGetAsync(Records(parent), ids).WaitAsync(cancellationToken);

        // One that was deleted between the two reads is left out.
        return [.. records.Where(record => !record.IsNull).Select(record => Proto.Evidence.Parser.ParseFrom((byte[])record!))];
    }

    /// <summary>
    /// The signals of all evidence of a case, each evidence on its own, in no order. A comparison with evidence that was deleted since is left out: half of what it
    /// rests on is gone.
    /// </summary>
    public async Task<IReadOnlyList<Proto.Signal>> ListSignalsAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var entries = await Database.HashGetAllAsync(Signals(parent)).WaitAsync(cancellationToken);
        var names = entries.Select(entry => $"{new EvidenceName(parent, entry.Name.ToString())}").ToHashSet();

        return [.. entries
            .SelectMany(entry => Proto.ListSignalsResponse.Parser.ParseFrom((byte[])entry.Value!).Signals)
            .Where(signal => signal.Citations.All(citation => names.Contains(citation.Evidence)))];
    }

    /// <summary>Deletes the record and the signals of evidence; nothing if they are not there.</summary>
    public async Task DeleteAsync(EvidenceName name, string sha256)
    {
        var transaction = Database.CreateTransaction();
        _ = transaction.HashDeleteAsync(Records(name.Case), name.Id);
        _ = transaction.HashDeleteAsync(Signals(name.Case), name.Id);
        _ = transaction.SortedSetRemoveAsync(Order(name.Case), name.Id);
        _ = transaction.HashDeleteAsync(Sizes(name.Case), name.Id);

        if (sha256.Length > 0)
        {
            // A second deletion must not free what a new upload of the same content has taken in between.
            transaction.AddCondition(Condition.HashEqual(Contents(name.Case), sha256, name.Id));
            _ = transaction.HashDeleteAsync(Contents(name.Case), sha256);
        }

        await transaction.ExecuteAsync();
    }

    private static EvidenceAnalyzed Analyzed(EvidenceName name, Proto.Evidence evidence, IReadOnlyList<Proto.Signal> signals) =>
        new() { Case = name.Case.ToString(), Evidence = name.ToString(), FileName = evidence.FileName, SignalCount = signals.Count };

    private static RedisKey Records(CaseName parent) => RedisKeys.For(Service, parent.Id, "evidence");

    private static RedisKey Signals(CaseName parent) => RedisKeys.For(Service, parent.Id, "signals");

    private static RedisKey Order(CaseName parent) => RedisKeys.For(Service, parent.Id, "order");

    private static RedisKey Contents(CaseName parent) => RedisKeys.For(Service, parent.Id, "contents");

    private static RedisKey Sizes(CaseName parent) => RedisKeys.For(Service, parent.Id, "sizes");
}
