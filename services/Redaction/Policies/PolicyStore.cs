using System.Globalization;
using FaultMaven.Redaction.Store;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Redaction.Policies;

/// <summary>
/// The policies, all in one partition: <c>latest/{id}</c> is the newest version of a policy, <c>last/{id}</c> the last version it ever had
/// (which outlives it), <c>versions/{id}@{version}</c> the policy, sealed, as its denied values may be secrets.
/// </summary>
internal sealed class PolicyStore([FromKeyedServices(ResourceNames.Redaction)] StateStore store, KeyRing ring)
{
    /// <summary>How many policies there may be.</summary>
    public const int MaxPolicies = 1000;

    /// <summary>How many versions of a policy are kept, the newest ones.</summary>
    public const int MaxVersions = 100;

    /// <summary>The partition that has them. No scope can have this name.</summary>
    public const string PartitionName = "@policies";

    /// <summary>What the keys of versions begin with.</summary>
    public const string Versions = "versions/";

    private const string Latest = "latest/";

    private static Partition Policies => Partition.OfCaller(PartitionName);

    /// <summary>The etag of a version.</summary>
    public static string ETagOf(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The newest version of a policy, or null if there is none.</summary>
    public async Task<long?> FindLatestAsync(string id, CancellationToken cancellationToken) =>
        (await store.FindAsync(Policies, Latest + id, cancellationToken))?.Number;

    /// <summary>Whether a version of a policy is there.</summary>
    public async Task<bool> HasAsync(string id, long version, CancellationToken cancellationToken) =>
        await store.FindAsync(Policies, KeyOf(NameOf(id, version)), cancellationToken) is not null;

    /// <summary>A policy in its newest version or the one named, or null.</summary>
    public async Task<Proto.RedactionPolicy?> FindAsync(PolicyName name, CancellationToken cancellationToken) =>
        (name.Version ?? await FindLatestAsync(name.Id, cancellationToken)) is { } version
            ? (await ReadAsync([NameOf(name.Id, version)], cancellationToken))[0]
            : null;

    /// <summary>Policies in their newest versions, by name.</summary>
    /// <param name="after">The id after which they begin; empty for the first.</param>
    /// <param name="count">At most this many.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<PolicyName>> ListAsync(string after, int count, CancellationToken cancellationToken)
    {
        var range = new RecordRange(Latest, after.Length == 0 ? null : Latest + after);
        var latest = await store.ListAsync(Policies, range, count, cancellationToken);
        return [.. latest.Select(record => new PolicyName(record.Key[Latest.Length..], record.Number))];
    }

    /// <summary>Policies by name and version; what was deleted in between is left out.</summary>
    public async Task<IReadOnlyList<Proto.RedactionPolicy>> ReadAsync(IReadOnlyList<PolicyName> names,
        CancellationToken cancellationToken) =>
        names.Count == 0 ? [] : [.. (await ReadAsync([.. names.Select(name => NameOf(name.Id, name.Version!.Value))],
            cancellationToken)).OfType<Proto.RedactionPolicy>()];

    /// <summary>Saves a new version, and sets its number and etag.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="id">The last part of its name.</param>
    /// <param name="latest">The version that it follows; null if there must be none.</param>
    /// <param name="cancellationToken">Stops waiting for a write that has not begun.</param>
    /// <returns>False if another writer was faster; nothing was saved then.</returns>
    public async Task<bool> TrySaveAsync(
        Proto.RedactionPolicy policy, string id, long? latest, CancellationToken cancellationToken)
    {
        var last = await store.FindAsync(Policies, LastKey(id), cancellationToken);
        policy.Version = (last?.Number ?? 0) + 1;
        policy.Etag = ETagOf(policy.Version);

        var name = NameOf(id, policy.Version);
        var transaction = new StateTransaction(Policies);
        IfLatest(transaction, id, latest);
        transaction.IfUnchanged(LastKey(id), last);
        using var seal = ring.Open(Policies);
        transaction.Put(KeyOf(name), seal.Close(name, policy.ToByteString().ToBase64()));
        transaction.Put(Latest + id, policy.Etag);
        transaction.Put(LastKey(id), policy.Etag);
        transaction.Delete(KeyOf(NameOf(id, policy.Version - MaxVersions)));
        transaction.Answer(policy);
        return await store.CommitAsync(transaction, cancellationToken) is not null;
    }

    /// <summary>Deletes a policy with its versions.</summary>
    /// <returns>False if it is no longer at this version; nothing was deleted then.</returns>
    public async Task<bool> TryDeleteAsync(string id, long latest, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(Policies);
        IfLatest(transaction, id, latest);
        transaction.Delete(Latest + id);
        transaction.DeleteAll(KeyOf($"{id}@"));
        transaction.Answer(new Empty());
        return await store.CommitAsync(transaction, cancellationToken) is not null;
    }

    public Task<long> CountAsync(CancellationToken cancellationToken) => store.CountAsync(Policies, Latest, cancellationToken);

    private static void IfLatest(StateTransaction transaction, string id, long? latest)
    {
        if (latest is { } version)
        {
            transaction.IfEqual(Latest + id, ETagOf(version));
        }
        else
        {
            transaction.IfAbsent(Latest + id);
        }
    }

    private async Task<Proto.RedactionPolicy?[]> ReadAsync(string[] names, CancellationToken cancellationToken)
    {
        var records = await store.FindAsync(Policies, Array.ConvertAll(names, KeyOf), cancellationToken);
        using var seal = ring.Open(Policies);
        return [.. names.Zip(records, (name, record) => record is null ? null : Open(seal, name, record.Value.Span))];
    }

    private static Proto.RedactionPolicy Open(Seal seal, string name, ReadOnlySpan<byte> value) =>
        seal.Open(name, value) is { } policy
            ? Proto.RedactionPolicy.Parser.ParseFrom(ByteString.FromBase64(policy))
            : throw new PolicyUnreadableException(name);

    private static string NameOf(string id, long version) => string.Create(CultureInfo.InvariantCulture, $"{id}@{version}");

    private static string KeyOf(string name) => Versions + name;

    private static string LastKey(string id) => $"last/{id}";
}
