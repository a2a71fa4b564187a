using System.Globalization;
using System.IO.Hashing;
using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf;
using StackExchange.Redis;

namespace FaultMaven.Data.Store;

/// <summary>
/// The records of evidence and their signals, in Redis. A case has these keys in one slot:
/// <list type="bullet">
/// <item><c>evidence</c>: id → record, and <c>order</c>: ids by the time they were stored</item>
/// <item><c>contents</c>: sha256 → id, which keeps equal content from being stored twice</item>
/// <item><c>sizes</c>: id → bytes of stored text, and <c>bytes</c>: their sum</item>
/// <item><c>names</c>: file name → ids of the last versions of that file</item>
/// <item><c>signals</c>: id → signals, and <c>version</c>, which grows with every change of them</item>
/// <item><c>requests</c>: see <see cref="RequestLedger"/></item>
/// <item><c>deleted</c>: there once the case was deleted, so that uploads that are still running store nothing</item>
/// </list>
/// <see cref="SignalViewStore"/> keeps one more.
/// </summary>
internal sealed class EvidenceStore(IConnectionMultiplexer redis, [FromKeyedServices(EvidenceStore.Service)] Outbox outbox)
{
    public const string Service = "data";

    private const int MaxVersions = 50;

    /// <summary>Longer than any upload takes that began before its case was deleted.</summary>
    private static readonly TimeSpan s_tombstoneLifetime = TimeSpan.FromDays(7);

    private readonly RequestLedger _requests = new(redis, Service);

    private IDatabase Database => redis.GetDatabase();

    /// <summary>
    /// Stores evidence, its signals and the message about it together, or nothing if the case holds the same content already, was deleted,
    /// or the request id was used.
    /// </summary>
    /// <remarks>It cannot be cancelled: half-way, the caller would not know whether it happened.</remarks>
    /// <returns>False if nothing was stored.</returns>
    public async Task<bool> TryAddAsync(
        EvidenceName name,
        Proto.Evidence evidence,
        IReadOnlyList<Proto.Signal> signals,
        long storedBytes,
        string requestId,
        string requestDigest)
    {
        var versions = await Database.HashGetAsync(Names(name.Case), evidence.FileName);
        var record = evidence.ToByteArray();
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.KeyNotExists(Deleted(name.Case)));
        transaction.AddCondition(Condition.HashNotExists(Contents(name.Case), evidence.ContentSha256));
        transaction.AddCondition(versions.IsNull
            ? Condition.HashNotExists(Names(name.Case), evidence.FileName)
            : Condition.HashEqual(Names(name.Case), evidence.FileName, versions));

        if (requestId.Length > 0)
        {
            _requests.Stage(transaction, name.Case.Id, requestId, new RequestRecord($"{name}", requestDigest));
        }

        _ = transaction.HashSetAsync(Contents(name.Case), evidence.ContentSha256, name.Id);
        _ = transaction.HashSetAsync(Names(name.Case), evidence.FileName, WithVersion(versions, name.Id));
        _ = transaction.HashSetAsync(Records(name.Case), name.Id, record);
        _ = transaction.HashSetAsync(Signals(name.Case), name.Id, new StoredSignals { Signals = { signals } }.ToByteArray());
        _ = transaction.StringIncrementAsync(Version(name.Case));
        _ = transaction.SortedSetAddAsync(Order(name.Case), name.Id, evidence.CreateTime.ToDateTimeOffset().ToUnixTimeMilliseconds());
        _ = transaction.HashSetAsync(Sizes(name.Case), name.Id, storedBytes);
        _ = transaction.StringIncrementAsync(Bytes(name.Case), storedBytes);
        outbox.Stage(transaction, name.Case.Id, Analyzed(name, evidence, signals));

        if (!await transaction.ExecuteAsync())
        {
            return false;
        }

        evidence.Etag = EtagOf(record);

        return true;
    }

    /// <summary>Whether the case was deleted.</summary>
    public Task<bool> IsDeletedAsync(CaseName parent) => Database.KeyExistsAsync(Deleted(parent));

    /// <summary>What a request id was used for in a case; null if it was not used.</summary>
    public Task<RequestRecord?> FindRequestAsync(CaseName parent, string requestId, CancellationToken cancellationToken) =>
        _requests.FindAsync(parent.Id, requestId, cancellationToken);

    /// <summary>Notes that a request id was answered with evidence that the case held already.</summary>
    /// <returns>False if the id was used in the meantime.</returns>
    public async Task<bool> TryNoteRequestAsync(EvidenceName existing, string requestId, string requestDigest)
    {
        var transaction = Database.CreateTransaction();
        _requests.Stage(transaction, existing.Case.Id, requestId, new RequestRecord($"{existing}", requestDigest));

        return await transaction.ExecuteAsync();
    }

    /// <summary>How many bytes of text a case holds.</summary>
    public async Task<long> CountBytesAsync(CaseName parent, CancellationToken cancellationToken) =>
        (long)await Database.StringGetAsync(Bytes(parent)).WaitAsync(cancellationToken);

    /// <summary>How many bytes of text some of the evidence of a case has.</summary>
    public async Task<long> CountBytesAsync(CaseName parent, IReadOnlyList<Proto.Evidence> evidence, CancellationToken cancellationToken)
    {
        RedisValue[] ids = [.. evidence.Select(one => (RedisValue)one.Name[(one.Name.LastIndexOf('/') + 1)..])];

        return ids.Length == 0 ? 0 : (await Database.HashGetAsync(Sizes(parent), ids).WaitAsync(cancellationToken)).Sum(size => (long)size);
    }

    public async Task<Proto.Evidence?> FindAsync(EvidenceName name, CancellationToken cancellationToken) =>
        await ReadAsync(name, cancellationToken) is { } record ? Parse(record) : null;

    /// <summary>A record as it is stored, for <see cref="TryReplaceAsync"/>; null if there is none.</summary>
    public async Task<RedisValue?> ReadAsync(EvidenceName name, CancellationToken cancellationToken) =>
        await Database.HashGetAsync(Records(name.Case), name.Id).WaitAsync(cancellationToken) is { IsNull: false } record
            ? record
            : default(RedisValue?);

    /// <summary>The evidence of a record, with its etag.</summary>
    public static Proto.Evidence Parse(RedisValue record)
    {
        var bytes = (byte[])record!;
        var evidence = Proto.Evidence.Parser.ParseFrom(bytes);
        evidence.Etag = EtagOf(bytes);

        return evidence;
    }

    /// <summary>
    /// Replaces a record and its signals, and announces the analysis again, if the record is still the one that was read.
    /// </summary>
    /// <param name="name">The evidence.</param>
    /// <param name="read">What <see cref="ReadAsync"/> gave.</param>
    /// <param name="evidence">What it is to be.</param>
    /// <param name="signals">What was found in it.</param>
    /// <returns>False if it was changed or deleted in the meantime.</returns>
    public async Task<bool> TryReplaceAsync(
        EvidenceName name, RedisValue read, Proto.Evidence evidence, IReadOnlyList<Proto.Signal> signals)
    {
        evidence.Etag = "";
        var record = evidence.ToByteArray();
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.HashEqual(Records(name.Case), name.Id, read));
        _ = transaction.HashSetAsync(Records(name.Case), name.Id, record);
        _ = transaction.HashSetAsync(Signals(name.Case), name.Id, new StoredSignals { Signals = { signals } }.ToByteArray());
        _ = transaction.StringIncrementAsync(Version(name.Case));
        outbox.Stage(transaction, name.Case.Id, Analyzed(name, evidence, signals));

        if (!await transaction.ExecuteAsync())
        {
            return false;
        }

        evidence.Etag = EtagOf(record);

        return true;
    }

    /// <summary>The evidence of a case that has this content, if any.</summary>
    public async Task<Proto.Evidence?> FindByContentAsync(CaseName parent, string sha256, CancellationToken cancellationToken)
    {
        var id = await Database.HashGetAsync(Contents(parent), sha256).WaitAsync(cancellationToken);

        return id.IsNull ? null : await FindAsync(new EvidenceName(parent, id.ToString()), cancellationToken);
    }

    /// <summary>Which of these texts of one case belong to no evidence, in the order given.</summary>
    public async Task<IReadOnlyList<StoredBlob>> WithoutRecordAsync(
        CaseName parent, IReadOnlyList<StoredBlob> blobs, CancellationToken cancellationToken)
    {
        RedisValue[] contents = [.. blobs.Select(blob => (RedisValue)blob.Sha256)];
        var owners = await Database.HashGetAsync(Contents(parent), contents).WaitAsync(cancellationToken);

        return [.. blobs.Where((blob, index) => owners[index] != blob.Name.Id)];
    }

    /// <summary>
    /// The earlier versions of a file in a case, the latest first: evidence of the same file name whose upload began before this one's.
    /// </summary>
    public async Task<IReadOnlyList<EvidenceName>> ListVersionsAsync(
        EvidenceName name, string fileName, CancellationToken cancellationToken)
    {
        var versions = await Database.HashGetAsync(Names(name.Case), fileName).WaitAsync(cancellationToken);

        // Ids made later sort later.
        return [.. Ids(versions)
            .Where(id => string.CompareOrdinal(id, name.Id) < 0)
            .OrderDescending(StringComparer.Ordinal)
            .Select(id => new EvidenceName(name.Case, id))];
    }

    /// <summary>At most <paramref name="count"/> of the evidence of a case after a place in its order, oldest first.</summary>
    /// <param name="parent">The case.</param>
    /// <param name="after">The place; null for the start.</param>
    /// <param name="count">How many at most. Fewer come at the end, and where evidence was deleted meanwhile.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The evidence, and the place of the last that was looked at; null at the end.</returns>
    public async Task<(IReadOnlyList<Proto.Evidence> Evidence, EvidencePlace? Next)> ListAsync(
        CaseName parent, EvidencePlace? after, int count, CancellationToken cancellationToken)
    {
        var entries = new List<SortedSetEntry>();
        const int Batch = 100;
        SortedSetEntry[] found;
        var skipped = 0;

        // Several may have been stored in the same millisecond as the one that the list continues after.
        do
        {
            found = await Database
                .SortedSetRangeByScoreWithScoresAsync(
                    Order(parent), after?.Milliseconds ?? double.NegativeInfinity, skip: skipped, take: Batch + count)
                .WaitAsync(cancellationToken);
            skipped += found.Length;
            entries.AddRange(found.Where(entry =>
                after is null || entry.Score > after.Milliseconds || string.CompareOrdinal(entry.Element, after.Id) > 0));
        }
        while (entries.Count < count && found.Length == Batch + count);

        if (entries.Count == 0)
        {
            return ([], null);
        }

        var listed = entries.Take(count).ToList();
        var records = await Database.HashGetAsync(Records(parent), [.. listed.Select(entry => entry.Element)]).WaitAsync(cancellationToken);

        // One that was deleted between the two reads is left out.
        return (
            [.. records.Where(record => !record.IsNull).Select(Parse)],
            new EvidencePlace((long)listed[^1].Score, listed[^1].Element.ToString()));
    }

    /// <summary>All evidence of a case, oldest first.</summary>
    public async IAsyncEnumerable<Proto.Evidence> ReadAllAsync(
        CaseName parent, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        const int PageSize = 200;

        for (var (page, next) = await ListAsync(parent, null, PageSize, cancellationToken);
            next is not null;
            (page, next) = await ListAsync(parent, next, PageSize, cancellationToken))
        {
            foreach (var evidence in page)
            {
                yield return evidence;
            }
        }
    }

    /// <summary>
    /// The signals of all evidence of a case, each evidence on its own, in no order. A comparison with evidence that was deleted since is
    /// left out: half of what it rests on is gone.
    /// </summary>
    public async Task<IReadOnlyList<Proto.Signal>> ListSignalsAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var entries = await Database.HashGetAllAsync(Signals(parent)).WaitAsync(cancellationToken);
        var names = entries.Select(entry => $"{new EvidenceName(parent, entry.Name.ToString())}").ToHashSet();

        return [.. entries
            .SelectMany(entry => StoredSignals.Parser.ParseFrom((byte[])entry.Value!).Signals)
            .Where(signal => signal.Citations.All(citation => names.Contains(citation.Evidence)))];
    }

    /// <summary>Deletes the record and the signals of evidence if the record is still the one that was read.</summary>
    /// <returns>False if it was changed or deleted in the meantime.</returns>
    public async Task<bool> TryDeleteAsync(EvidenceName name, RedisValue read, string sha256)
    {
        var size = (long)await Database.HashGetAsync(Sizes(name.Case), name.Id);
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.HashEqual(Records(name.Case), name.Id, read));
        _ = transaction.HashDeleteAsync(Records(name.Case), name.Id);
        _ = transaction.HashDeleteAsync(Signals(name.Case), name.Id);
        _ = transaction.StringIncrementAsync(Version(name.Case));
        _ = transaction.SortedSetRemoveAsync(Order(name.Case), name.Id);
        _ = transaction.HashDeleteAsync(Sizes(name.Case), name.Id);
        _ = transaction.StringDecrementAsync(Bytes(name.Case), size);
        _ = transaction.HashDeleteAsync(Contents(name.Case), sha256);

        return await transaction.ExecuteAsync();
    }

    /// <summary>
    /// Deletes everything about a case but its texts, and keeps uploads that are still running from storing anything in it.
    /// </summary>
    /// <returns>The evidence that it had.</returns>
    public async Task<IReadOnlyList<Proto.Evidence>> DeleteCaseAsync(CaseName parent, CancellationToken cancellationToken)
    {
        // The tombstone first: what is stored before it is in the list, and nothing is stored after it.
        await Database.StringSetAsync(Deleted(parent), 1, s_tombstoneLifetime).WaitAsync(cancellationToken);
        var records = await Database.HashValuesAsync(Records(parent)).WaitAsync(cancellationToken);
        await Database.KeyDeleteAsync(
        [
            Records(parent), Order(parent), Contents(parent), Sizes(parent), Bytes(parent), Names(parent),
            Signals(parent), Version(parent), View(parent),
        ]).WaitAsync(cancellationToken);
        var requests = Database.CreateTransaction();
        _requests.StageDelete(requests, parent.Id);
        await requests.ExecuteAsync().WaitAsync(cancellationToken);

        return [.. records.Select(Parse)];
    }

    /// <summary>A counter that grows with every change of a case's signals.</summary>
    internal static RedisKey Version(CaseName parent) => RedisKeys.For(Service, parent.Id, "version");

    /// <summary>What <see cref="SignalViewStore"/> keeps.</summary>
    internal static RedisKey View(CaseName parent) => RedisKeys.For(Service, parent.Id, "view");

    private static EvidenceAnalyzed Analyzed(EvidenceName name, Proto.Evidence evidence, IReadOnlyList<Proto.Signal> signals) =>
        new() { Case = $"{name.Case}", Evidence = $"{name}", FileName = evidence.FileName, SignalCount = signals.Count };

    private static string EtagOf(byte[] record) => XxHash3.HashToUInt64(record).ToString("x16", CultureInfo.InvariantCulture);

    private static string[] Ids(RedisValue versions) => versions.IsNull ? [] : versions.ToString().Split(' ');

    private static string WithVersion(RedisValue versions, string id) =>
        string.Join(' ', Ids(versions).TakeLast(MaxVersions - 1).Append(id));

    private static RedisKey Records(CaseName parent) => RedisKeys.For(Service, parent.Id, "evidence");

    private static RedisKey Signals(CaseName parent) => RedisKeys.For(Service, parent.Id, "signals");

    private static RedisKey Order(CaseName parent) => RedisKeys.For(Service, parent.Id, "order");

    private static RedisKey Contents(CaseName parent) => RedisKeys.For(Service, parent.Id, "contents");

    private static RedisKey Sizes(CaseName parent) => RedisKeys.For(Service, parent.Id, "sizes");

    private static RedisKey Bytes(CaseName parent) => RedisKeys.For(Service, parent.Id, "bytes");

    private static RedisKey Names(CaseName parent) => RedisKeys.For(Service, parent.Id, "names");

    private static RedisKey Deleted(CaseName parent) => RedisKeys.For(Service, parent.Id, "deleted");
}

/// <summary>A place in the order in which the evidence of a case was stored.</summary>
/// <param name="Milliseconds">When the evidence before it was stored, since 1970.</param>
/// <param name="Id">The id of that evidence.</param>
internal sealed record EvidencePlace(long Milliseconds, string Id);
