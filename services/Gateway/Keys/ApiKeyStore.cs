using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text.Json;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;
using Google.Protobuf;

namespace FaultMaven.Gateway.Keys;

/// <summary>
/// The keys of each tenant, in its partition <c>api-keys</c>: <c>keys/{id}</c> is the key, <c>uses/{id}</c> the day on which it was used
/// last. Who sends a key names no tenant, so a directory says whose it is.
/// All of a key is gone <see cref="s_afterlife"/> after its end.
/// </summary>
internal sealed class ApiKeyStore([FromKeyedServices(ResourceNames.Gateway)] StateStore store, TimeProvider time)
    : ITenantHolder
{
    /// <summary>What is before the id in the key of a record.</summary>
    public const string Keys = "keys/";

    /// <summary>The name of a tenant's partition.</summary>
    public const string PartitionName = "api-keys";

    private const string Uses = "uses/";
    private const int PageSize = 200;

    private static readonly TimeSpan s_afterlife = TimeSpan.FromDays(90);

    private static readonly TimeSpan s_shortestLife = TimeSpan.FromDays(1);

    /// <summary>Whose each key is. No caller's tenant can have this name.</summary>
    public static Partition Directory { get; } = new("@directory", PartitionName);

    /// <summary>Reads the record of a key.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static ApiKey Read(StateRecord record) => JsonSerializer.Deserialize(record.Value.Span, ApiKeyJson.Default.ApiKey)!;

    /// <summary>The tenant of a key, or null.</summary>
    public async Task<string?> FindTenantAsync(string id, CancellationToken cancellationToken) =>
        (await store.FindAsync(Directory, id, cancellationToken))?.Text;

    /// <summary>A key of a tenant, or null. One that is not there costs as much as one that is.</summary>
    public async Task<StoredKey?> FindAsync(string tenant, string id, CancellationToken cancellationToken)
    {
        var records = await store.FindAsync(Of(tenant), [Keys + id, Uses + id], cancellationToken);
        return records[0] is { } record ? new StoredKey(Read(record), record, ReadDay(records[1])) : null;
    }

    /// <summary>Keys of a tenant by id.</summary>
    public async Task<IReadOnlyList<StoredKey>> ListAsync(string tenant, string after, int count, CancellationToken cancellationToken)
    {
        var range = new RecordRange(Keys, after.Length == 0 ? null : Keys + after);
        var records = await store.ListAsync(Of(tenant), range, count, cancellationToken);
        if (records.Count == 0)
        {
            return [];
        }

        var keys = records.Select(Read).ToList();
        var uses = await store.FindAsync(Of(tenant), [.. keys.Select(key => Uses + key.Id)], cancellationToken);
        return [.. keys.Select((key, i) => new StoredKey(key, records[i], ReadDay(uses[i])))];
    }

    /// <summary>How many keys a tenant has, those that ended lately included.</summary>
    public Task<long> CountAsync(string tenant, CancellationToken cancellationToken) =>
        store.CountAsync(Of(tenant), Keys, cancellationToken);

    /// <summary>Adds a key. Null if there is one of this id.</summary>
    /// <param name="tenant">Whose it is.</param>
    /// <param name="key">The key.</param>
    /// <param name="answer">What who asks for the same again is answered: no secret is kept.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<StoredKey?> TryAddAsync(
        string tenant, ApiKey key, Func<StoredKey, IMessage> answer, CancellationToken cancellationToken)
    {
        // The directory first: an entry without a key is no more than an unknown key, a key without an entry could not be used.
        var entry = new StateTransaction(Directory);
        entry.IfAbsent(key.Id);
        entry.Put(key.Id, tenant, LifeOf(key));
        if (await store.CommitAsync(entry, cancellationToken) is null)
        {
            return null;
        }

        var transaction = new StateTransaction(Of(tenant));
        var value = Write(key);
        transaction.Put(Keys + key.Id, value, LifeOf(key));
        transaction.Answer(answer(new StoredKey(key, new StateRecord(Keys + key.Id, value, 0), null)));

        return await store.CommitAsync(transaction, cancellationToken) is { } version
            ? new StoredKey(key, new StateRecord(Keys + key.Id, value, version), null)
            : null;
    }

    /// <summary>Puts a key in the place of what was read. Null if that has changed since.</summary>
    /// <inheritdoc cref="TryAddAsync"/>
    public async Task<StoredKey?> TryReplaceAsync(
        string tenant, StoredKey read, ApiKey key, Func<StoredKey, IMessage> answer, CancellationToken cancellationToken)
    {
        // It may live longer than before.
        var entry = new StateTransaction(Directory);
        entry.Put(key.Id, tenant, LifeOf(key));
        await store.CommitAsync(entry, cancellationToken);

        var transaction = new StateTransaction(Of(tenant));
        var value = Write(key);
        transaction.IfUnchanged(Keys + key.Id, read.Record);
        transaction.Put(Keys + key.Id, value, LifeOf(key));
        transaction.Answer(answer(read with { Key = key, Record = new StateRecord(Keys + key.Id, value, 0) }));
        return await store.CommitAsync(transaction, cancellationToken) is { } version
            ? read with { Key = key, Record = new StateRecord(Keys + key.Id, value, version) }
            : null;
    }

    /// <summary>Notes that a key was used on a day. Nothing is written if that is known.</summary>
    public async Task NoteUseAsync(string tenant, StoredKey key, DateOnly day, CancellationToken cancellationToken)
    {
        if (key.LastUse >= day)
        {
            return;
        }

        var transaction = new StateTransaction(Of(tenant));
        transaction.Put(Uses + key.Key.Id, day.ToString("O", CultureInfo.InvariantCulture), LifeOf(key.Key));
        await store.CommitAsync(transaction, cancellationToken);
    }

    /// <summary>Whether anyone could come in with a key.</summary>
    public async Task<bool> HasActiveAsync(CancellationToken cancellationToken)
    {
        await foreach (var (tenant, id) in ListDirectoryAsync(cancellationToken))
        {
            if (await FindAsync(tenant, id, cancellationToken) is { Key: var key }
                && key.StateAt(time.GetUtcNow()) == Protos.Identity.V1.ApiKey.Types.State.Active)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the keys of a tenant out of the directory.</summary>
    public async Task<ForgottenItems> ForgetAsync(string tenant, CancellationToken cancellationToken)
    {
        var keys = await ListDirectoryAsync(cancellationToken).Where(entry => entry.Tenant == tenant).ToListAsync(cancellationToken);
        foreach (var (_, id) in keys)
        {
            var transaction = new StateTransaction(Directory);
            transaction.Delete(id);
            await store.CommitAsync(transaction, cancellationToken);
        }

        return default;
    }

    private async IAsyncEnumerable<(string Tenant, string Id)> ListDirectoryAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = null;
        IReadOnlyList<StateRecord> page;
        do
        {
            page = await store.ListAsync(Directory, new RecordRange("", after), PageSize, cancellationToken);
            foreach (var record in page)
            {
                after = record.Key;
                yield return (record.Text, record.Key);
            }
        }
        while (page.Count == PageSize);
    }

    private TimeSpan LifeOf(ApiKey key)
    {
        var life = (key.RevokeTime ?? key.ExpireTime) + s_afterlife - time.GetUtcNow();
        return life > s_shortestLife ? life : s_shortestLife;
    }

    private static Partition Of(string tenant) => new(tenant, PartitionName);

    private static byte[] Write(ApiKey key) => JsonSerializer.SerializeToUtf8Bytes(key, ApiKeyJson.Default.ApiKey);

    private static DateOnly? ReadDay(StateRecord? record) =>
        record is null ? null : DateOnly.ParseExact(record.Text, "O", CultureInfo.InvariantCulture);
}

/// <summary>A key as it was read.</summary>
/// <param name="Key">The key.</param>
/// <param name="Record">Where it was.</param>
/// <param name="LastUse">The day on which it was used last; null if it never was.</param>
internal sealed record StoredKey(ApiKey Key, StateRecord Record, DateOnly? LastUse)
{
    /// <summary>Changes with the key, not with its use.</summary>
    public string ETag => Convert.ToHexStringLower(XxHash3.Hash(Record.Value.Span));
}
