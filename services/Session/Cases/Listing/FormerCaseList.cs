using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>
/// The list of cases that versions before the index kept in a partition of its own: <c>cases/{place}</c> with the id of a case, and
/// <c>placed/{case}</c>, whose version is the place. It is read until <see cref="CaseIndexing"/> has gone through it, and then deleted.
/// </summary>
internal sealed class FormerCaseList([FromKeyedServices(CaseLog.Service)] StateStore store)
{
    /// <summary>What the keys of cases begin with.</summary>
    public const string CasesPrefix = "cases/";

    private const string PlacedPrefix = "placed/";
    private const int BatchSize = 500;

    private static Partition Index => Partition.OfCaller(CaseIndex.PartitionName);

    /// <summary>There if a case has a place in the list.</summary>
    public static string PlacedKey(CaseName name) => $"{PlacedPrefix}{name.Id}";

    /// <summary>The place of a case; null if it is not in the list.</summary>
    public async Task<long?> FindPlaceAsync(CaseName name, CancellationToken cancellationToken) =>
        (await store.FindAsync(Index, PlacedKey(name), cancellationToken))?.Version;

    /// <summary>Takes a case off the list.</summary>
    public async Task RemoveAsync(CaseName name, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(name, cancellationToken) is { } place)
        {
            var removal = new StateTransaction(Index);
            removal.Delete(CasesPrefix + CaseIndexKeys.Text(place));
            removal.Delete(PlacedKey(name));
            await store.CommitAsync(removal, cancellationToken);
        }
    }

    /// <summary>Deletes all of it, a part at a time.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (var prefix in (string[])[CasesPrefix, PlacedPrefix])
        {
            while (await store.ListAsync(Index, new RecordRange(prefix), BatchSize, cancellationToken) is { Count: > 0 } records)
            {
                var removal = new StateTransaction(Index);
                foreach (var record in records)
                {
                    removal.Delete(record.Key);
                }

                await store.CommitAsync(removal, cancellationToken);
            }
        }
    }
}
