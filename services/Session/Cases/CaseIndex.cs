using System.Globalization;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Sessions.Cases;

/// <summary>
/// The names of all cases in the order in which they were created. A name may be here without its log, if a creation was broken off in
/// between, and for a moment after a deletion.
/// </summary>
/// <remarks>
/// A place is the version of the transaction that claimed it (<c>placed/{case}</c>), which grows, unlike a clock: one that is set back
/// would put new cases below old ones. <c>cases/{place}</c> holds the name.
/// </remarks>
internal sealed class CaseIndex([FromKeyedServices(CaseLog.Service)] StateStore state)
{
    /// <summary>Where the index of a tenant is. No case has this id.</summary>
    public const string PartitionName = "index";

    private const string CasesPrefix = "cases/";

    private static Partition Index => Partition.OfCaller(PartitionName);

    /// <summary>Adds a name; one that is there keeps its place.</summary>
    public async Task AddAsync(CaseName name, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(name, cancellationToken) is not { } place)
        {
            var claim = new StateTransaction(Index);
            claim.IfAbsent(PlacedKey(name));
            claim.Put(PlacedKey(name), "");
            place = await state.CommitAsync(claim, cancellationToken) ?? await FindPlaceAsync(name, cancellationToken) ?? 0;
        }

        // Always: an earlier call may have been broken off before it.
        var listing = new StateTransaction(Index);
        listing.IfPresent(PlacedKey(name));
        listing.Put(CaseKey(place), name.Id);
        await state.CommitAsync(listing, cancellationToken);
    }

    /// <summary>Removes a name.</summary>
    public async Task RemoveAsync(CaseName name, CancellationToken cancellationToken)
    {
        if (await FindPlaceAsync(name, cancellationToken) is { } place)
        {
            var removal = new StateTransaction(Index);
            removal.Delete(CaseKey(place));
            removal.Delete(PlacedKey(name));
            await state.CommitAsync(removal, cancellationToken);
        }
    }

    /// <summary>Names after a place, <paramref name="count"/> at most.</summary>
    /// <param name="after">The place; null for the beginning.</param>
    /// <param name="newestFirst">Whether to go from the newest to the oldest.</param>
    /// <param name="count">At most this many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<IndexedCase>> ListAsync(long? after, bool newestFirst, int count, CancellationToken cancellationToken)
    {
        var range = new RecordRange(CasesPrefix, after is { } place ? CaseKey(place) : null, newestFirst);
        return [.. (await state.ListAsync(Index, range, count, cancellationToken)).Select(record => new IndexedCase(
            new CaseName(record.Text), long.Parse(record.Key.AsSpan(CasesPrefix.Length), CultureInfo.InvariantCulture)))];
    }

    private async Task<long?> FindPlaceAsync(CaseName name, CancellationToken cancellationToken) =>
        (await state.FindAsync(Index, PlacedKey(name), cancellationToken))?.Version;

    /// <summary>There if a case has a place.</summary>
    public static string PlacedKey(CaseName name) => $"placed/{name.Id}";

    private static string CaseKey(long place) => string.Create(CultureInfo.InvariantCulture, $"{CasesPrefix}{place:D19}");
}

/// <summary>A case and its place in the order of creation.</summary>
internal readonly record struct IndexedCase(CaseName Name, long Place);
