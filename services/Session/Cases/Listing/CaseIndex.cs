using System.Collections.Concurrent;
using System.Globalization;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>
/// What lists of cases are read from: entries that lead to cases by their facets, and in the order of their last events. They are in the
/// shard of the case's partition, so the transaction that changes the case moves them; a reader merges what the shards have.
/// </summary>
internal sealed class CaseIndex([FromKeyedServices(CaseLog.Service)] StateStore store) : ITenantHolder
{
    /// <summary>Which entries a case has; counts their changes.</summary>
    public const int Version = FirstVersion;

    /// <summary>The partition with what a tenant's index has as a whole. No case has this id.</summary>
    public const string PartitionName = "index";

    private const int FirstVersion = 1;
    private const string LastPlaceKey = "last-place";
    private const string VersionKey = "index-version";
    private const int BatchSize = 1000;

    private static readonly IReadOnlyDictionary<string, string> s_none = new Dictionary<string, string>(StringComparer.Ordinal);

    // A tenant's index stays complete.
    private readonly ConcurrentDictionary<string, bool> _complete = new(StringComparer.Ordinal);

    private static Partition Whole => Partition.OfCaller(PartitionName);

    /// <summary>The next place in the order of creation.</summary>
    public async Task<long> ClaimPlaceAsync(CancellationToken cancellationToken)
    {
        var claim = new StateTransaction(Whole);
        claim.Put(LastPlaceKey, "");
        return await store.CommitAsync(claim, cancellationToken)
            ?? throw new InvalidOperationException("A transaction without conditions was refused.");
    }

    /// <summary>Moves the entries of a case with the change that a transaction makes.</summary>
    /// <param name="transaction">On the case's partition, with a condition by which <paramref name="before"/> is what it is now.</param>
    /// <param name="before">The case before; the same as <paramref name="after"/> where only its entries are to be made.</param>
    /// <param name="after">The case after.</param>
    /// <param name="place">Its place.</param>
    public static void Stage(StateTransaction transaction, CaseState before, CaseState after, CasePlace place)
    {
        var tenant = transaction.Partition.Tenant;
        var former = before.Version == 0 ? s_none : CaseIndexKeys.EntriesOf(tenant, before.Name.Id, before.Folded, place.Number);
        var present = CaseIndexKeys.EntriesOf(tenant, after.Name.Id, after.Folded, place.Number);
        foreach (var key in former.Keys.Where(key => !present.ContainsKey(key)))
        {
            transaction.Shard.Delete(key);
        }

        foreach (var (key, value) in present)
        {
            if (!place.IsCurrent || former.GetValueOrDefault(key) != value)
            {
                transaction.Shard.Put(key, value);
            }
        }

        if (!place.IsCurrent)
        {
            RequirePlace(transaction, place);
            transaction.Put(CasePlace.Key, $"{place with { Version = Version }}");
        }
    }

    /// <summary>Removes the entries of a case with the transaction that deletes it.</summary>
    public static void StageRemoval(StateTransaction transaction, CaseState state, CasePlace place)
    {
        RequirePlace(transaction, place);
        foreach (var key in CaseIndexKeys.EntriesOf(transaction.Partition.Tenant, state.Name.Id, state.Folded, place.Number).Keys)
        {
            transaction.Shard.Delete(key);
        }
    }

    // Another process that makes the entries too might have claimed another place.
    private static void RequirePlace(StateTransaction transaction, CasePlace place)
    {
        if (place.Version == 0)
        {
            transaction.IfAbsent(CasePlace.Key);
        }
        else
        {
            transaction.IfEqual(CasePlace.Key, $"{place}");
        }
    }

    /// <summary>The entries that lead to cases with any of some facets, in the order of creation.</summary>
    /// <param name="facets">The facets. A case with several of them is given once.</param>
    /// <param name="after">The end of the key after which to begin; null for the beginning.</param>
    /// <param name="isDescending">Whether to go from the end to the beginning.</param>
    /// <param name="expected">How many the caller will most likely take.</param>
    public IndexScan Scan(IEnumerable<string> facets, string? after, bool isDescending, int expected) =>
        Scan(CaseSequence.Creation, facets, after, isDescending, expected);

    /// <summary>The entries that lead to all cases, in the order of their last events.</summary>
    /// <inheritdoc cref="Scan(IEnumerable{string}, string?, bool, int)"/>
    public IndexScan ScanUpdates(string? after, bool isDescending, int expected) =>
        Scan(CaseSequence.Update, [CaseFacets.All], after, isDescending, expected);

    /// <summary>All cases in the order of creation, those included that have no entries yet.</summary>
    /// <inheritdoc cref="Scan(IEnumerable{string}, string?, bool, int)"/>
    public IndexScan ScanEverything(string? after, bool isDescending, int expected)
    {
        var prefix = CaseIndexKeys.PrefixOf(Whole.Tenant, CaseSequence.Creation, CaseFacets.All);
        return new IndexScan(
            store,
            [.. store.Shards.Select(shard => new IndexSource(shard, prefix)), new IndexSource(Whole, FormerCaseList.CasesPrefix)],
            after,
            isDescending,
            expected);
    }

    /// <summary>Whether the index leads to all cases of the tenant. Until then only <see cref="ScanEverything"/> does.</summary>
    public async Task<bool> IsCompleteAsync(CancellationToken cancellationToken)
    {
        var tenant = Whole.Tenant;
        if (!_complete.ContainsKey(tenant))
        {
            var record = await store.FindAsync(Whole, VersionKey, cancellationToken);
            if (record is null ? !await IsCompleteFromTheStartAsync(cancellationToken) : record.Number != Version)
            {
                return false;
            }

            _complete[tenant] = true;
        }

        return true;
    }

    // A tenant that never had the former list has no version until a later one is made.
    private async Task<bool> IsCompleteFromTheStartAsync(CancellationToken cancellationToken) =>
        await store.ListAsync(Whole, new RecordRange(FormerCaseList.CasesPrefix), 1, cancellationToken) is []
        && (Version == FirstVersion || await store.FindAsync(Whole, LastPlaceKey, cancellationToken) is null);

    /// <summary>Notes that the index leads to all cases of the tenant.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(Whole);
        transaction.Put(VersionKey, Version.ToString(CultureInfo.InvariantCulture));
        await store.CommitAsync(transaction, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ForgottenItems> ForgetAsync(string tenant, CancellationToken cancellationToken)
    {
        var range = new RecordRange(CaseIndexKeys.OfTenant(tenant));
        foreach (var shard in store.Shards)
        {
            while (await store.ListAsync(shard, range, BatchSize, cancellationToken) is { Count: > 0 } entries)
            {
                var transaction = new StateTransaction(shard);
                foreach (var entry in entries)
                {
                    transaction.Delete(entry.Key);
                }

                await store.CommitAsync(transaction, cancellationToken);
            }
        }

        return default;
    }

    private IndexScan Scan(CaseSequence sequence, IEnumerable<string> facets, string? after, bool isDescending, int expected)
    {
        var tenant = Whole.Tenant;
        var prefixes = facets.Distinct(StringComparer.Ordinal).Select(facet => CaseIndexKeys.PrefixOf(tenant, sequence, facet));
        return new IndexScan(
            store,
            [.. prefixes.SelectMany(prefix => store.Shards.Select(shard => new IndexSource(shard, prefix)))],
            after,
            isDescending,
            expected);
    }
}
