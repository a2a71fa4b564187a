using System.Globalization;
using FaultMaven.Redaction.Store;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Policies;

/// <summary>
/// The policies in Redis, all in one slot: <c>latest</c> maps an id to its newest version, <c>last</c> to the last version it ever had
/// (which outlives it), <c>versions</c> maps <c>id@version</c> to the policy, sealed, as its denied values may be secrets. A request id
/// maps to what it made, for a day.
/// </summary>
internal sealed class PolicyStore(IConnectionMultiplexer redis, KeyRing ring)
{
    /// <summary>How many policies there may be.</summary>
    public const int MaxPolicies = 1000;

    /// <summary>How many versions of a policy are kept, the newest ones.</summary>
    public const int MaxVersions = 100;

    private const string Partition = "policies";

    private static readonly RedisKey s_latest = RedisKeys.For(ResourceNames.Redaction, Partition, "latest");
    private static readonly RedisKey s_last = RedisKeys.For(ResourceNames.Redaction, Partition, "last");
    private static readonly RedisKey s_versions = RedisKeys.For(ResourceNames.Redaction, Partition, "versions");
    private static readonly TimeSpan s_requestLife = TimeSpan.FromDays(1);

    private IDatabase Database => redis.GetDatabase();

    /// <summary>The etag of a version.</summary>
    public static string ETagOf(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The newest version of a policy, or null if there is none.</summary>
    public async Task<long?> FindLatestAsync(string id, CancellationToken cancellationToken) =>
        (long?)await Database.HashGetAsync(s_latest, id).WaitAsync(cancellationToken);

    /// <summary>Whether a version of a policy is there.</summary>
    public Task<bool> HasAsync(string id, long version, CancellationToken cancellationToken) =>
        Database.HashExistsAsync(s_versions, Field(id, version)).WaitAsync(cancellationToken);

    /// <summary>A policy in its newest version or the one named, or null.</summary>
    public async Task<Proto.RedactionPolicy?> FindAsync(PolicyName name, CancellationToken cancellationToken) =>
        (name.Version ?? await FindLatestAsync(name.Id, cancellationToken)) is { } version
            ? (await ReadAsync([Field(name.Id, version)], cancellationToken))[0]
            : null;

    /// <summary>All policies in their newest versions, by name.</summary>
    public async Task<IReadOnlyList<PolicyName>> ListAsync(CancellationToken cancellationToken)
    {
        var latest = await Database.HashGetAllAsync(s_latest).WaitAsync(cancellationToken);
        return [.. latest.Select(entry => new PolicyName(entry.Name.ToString(), (long)entry.Value))
            .OrderBy(name => name.Id, StringComparer.Ordinal)];
    }

    /// <summary>Policies by name and version; what was deleted in between is left out.</summary>
    public async Task<IReadOnlyList<Proto.RedactionPolicy>> ReadAsync(IReadOnlyList<PolicyName> names,
        CancellationToken cancellationToken) =>
        names.Count == 0 ? [] : [.. (await ReadAsync([.. names.Select(name => Field(name.Id, name.Version!.Value))],
            cancellationToken)).OfType<Proto.RedactionPolicy>()];

    /// <summary>Whether a request made a policy before, and that policy unless it is deleted.</summary>
    public async Task<(bool WasMade, Proto.RedactionPolicy? Policy)> FindByRequestAsync(string requestId,
        CancellationToken cancellationToken)
    {
        var made = requestId.Length == 0 ? RedisValue.Null : await Database.StringGetAsync(RequestKey(requestId))
            .WaitAsync(cancellationToken);
        return made.IsNull ? (false, null) : (true, (await ReadAsync([made], cancellationToken))[0]);
    }

    /// <summary>Saves a new version, and sets its number and etag.</summary>
    /// <remarks>It cannot be cancelled: half-way, no one would know whether it happened.</remarks>
    /// <param name="policy">The policy.</param>
    /// <param name="id">The last part of its name.</param>
    /// <param name="latest">The version that it follows; null if there must be none.</param>
    /// <param name="requestId">Empty for none.</param>
    /// <returns>False if another writer was faster; nothing was saved then.</returns>
    public async Task<bool> TrySaveAsync(Proto.RedactionPolicy policy, string id, long? latest, string requestId)
    {
        var last = await Database.HashGetAsync(s_last, id);
        policy.Version = (last.IsNull ? 0 : (long)last) + 1;
        policy.Etag = ETagOf(policy.Version);

        var field = Field(id, policy.Version);
        using var seal = ring.Open(Partition);
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(latest is null ? Condition.HashNotExists(s_latest, id) : Condition.HashEqual(s_latest, id, latest));
        transaction.AddCondition(last.IsNull ? Condition.HashNotExists(s_last, id) : Condition.HashEqual(s_last, id, last));
        _ = transaction.HashSetAsync(s_versions, field, seal.Close(field.ToString(), policy.ToByteString().ToBase64()));
        _ = transaction.HashSetAsync(s_latest, id, policy.Version);
        _ = transaction.HashSetAsync(s_last, id, policy.Version);
        _ = transaction.HashDeleteAsync(s_versions, Field(id, policy.Version - MaxVersions));
        if (requestId.Length > 0)
        {
            transaction.AddCondition(Condition.KeyNotExists(RequestKey(requestId)));
            _ = transaction.StringSetAsync(RequestKey(requestId), field, s_requestLife);
        }

        return await transaction.ExecuteAsync();
    }

    /// <summary>Deletes a policy with its versions.</summary>
    /// <returns>False if it is no longer at this version; nothing was deleted then.</returns>
    public async Task<bool> TryDeleteAsync(string id, long latest)
    {
        var fields = Enumerable.Range(0, MaxVersions).Select(back => Field(id, latest - back)).ToArray();
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.HashEqual(s_latest, id, latest));
        _ = transaction.HashDeleteAsync(s_latest, id);
        _ = transaction.HashDeleteAsync(s_versions, fields);
        return await transaction.ExecuteAsync();
    }

    public async Task<long> CountAsync(CancellationToken cancellationToken) => await Database.HashLengthAsync(s_latest)
        .WaitAsync(cancellationToken);

    private async Task<Proto.RedactionPolicy?[]> ReadAsync(RedisValue[] fields, CancellationToken cancellationToken)
    {
        var values = await Database.HashGetAsync(s_versions, fields).WaitAsync(cancellationToken);
        using var seal = ring.Open(Partition);
        return [.. fields.Zip(values, (field, value) => value.IsNull ? null : Open(seal, field.ToString(), (byte[])value!))];
    }

    private static Proto.RedactionPolicy Open(Seal seal, string field, byte[] value) =>
        seal.Open(field, value) is { } policy
            ? Proto.RedactionPolicy.Parser.ParseFrom(ByteString.FromBase64(policy))
            : throw new PolicyUnreadableException(field);

    private static RedisValue Field(string id, long version) => string.Create(CultureInfo.InvariantCulture, $"{id}@{version}");

    private static RedisKey RequestKey(string requestId) => RedisKeys.For(ResourceNames.Redaction, Partition, "request", requestId);
}
