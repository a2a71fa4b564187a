using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>Verifies that the index leads to each case by all that it is found by, and nowhere else.</summary>
internal static class CaseIndexCheck
{
    /// <summary>Whether all entries of a case are there.</summary>
    public static async Task CheckCaseAsync(
        StateStore snapshot, Partition partition, CaseState state, StateFindings findings, CancellationToken cancellationToken)
    {
        if (CasePlace.Read(await snapshot.FindAsync(partition, CasePlace.Key, cancellationToken)) is not { } place)
        {
            var whole = partition with { Name = CaseIndex.PartitionName };
            if (await snapshot.FindAsync(whole, FormerCaseList.PlacedKey(state.Name), cancellationToken) is null)
            {
                findings.Report($"{state.Name} is in no list.");
            }

            return;
        }

        if (place.IsCurrent)
        {
            var expected = CaseIndexKeys.EntriesOf(partition.Tenant, state.Name.Id, state.Folded, place.Number);
            var found = await snapshot.FindAsync(snapshot.ShardOf(partition), [.. expected.Keys], cancellationToken);
            if (expected.Values.Zip(found).Count(pair => pair.Second?.Text != pair.First) is > 0 and var missing)
            {
                findings.Report($"{state.Name} lacks {missing} of its {expected.Count} entries in the index of cases.");
            }
        }
    }

    /// <summary>Whether each entry in a shard leads to a case that it is true of.</summary>
    public static async Task CheckShardAsync(
        StateStore snapshot, Partition shard, StateFindings findings, CancellationToken cancellationToken)
    {
        var wrong = 0L;
        await foreach (var entry in snapshot.ReadRecordsAsync(shard, CaseIndexKeys.Root, cancellationToken))
        {
            findings.Count("index entries");
            if (!await IsTrueAsync(snapshot, entry, cancellationToken))
            {
                wrong++;
            }
        }

        if (wrong > 0)
        {
            findings.Report($"{wrong} entries in the index of cases lead to no case, or to one that they are not true of.");
        }
    }

    private static async Task<bool> IsTrueAsync(StateStore snapshot, StateRecord entry, CancellationToken cancellationToken)
    {
        var rest = entry.Key[CaseIndexKeys.Root.Length..];
        var id = IndexEntry.IdOf(entry);
        var partition = new Partition(rest[..rest.IndexOf('/', StringComparison.Ordinal)], id);
        var records = await snapshot.FindAsync(partition, [CaseLog.State, CasePlace.Key], cancellationToken);
        return records[0] is { } state && CasePlace.Read(records[1]) is { } place
            && CaseIndexKeys.EntriesOf(partition.Tenant, id, CaseState.Read(state.Value.Span).Folded, place.Number)
                .GetValueOrDefault(entry.Key) == entry.Text;
    }
}
