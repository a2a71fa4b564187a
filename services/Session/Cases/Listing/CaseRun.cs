using FaultMaven.ServiceDefaults.Filtering;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>A part of a list in an order that the index has: the cases of a level, or all.</summary>
/// <param name="level">The level; 0 where there are none.</param>
/// <param name="scan">Leads to the cases, and to others.</param>
/// <param name="required">For some fields the digests of the facets that a case of the list has one of.</param>
internal sealed class CaseRun(int level, IndexScan scan, IReadOnlyList<IReadOnlySet<string>> required)
{
    /// <summary>The level.</summary>
    public int Level => level;

    /// <summary>The next entries; none at the end.</summary>
    public Task<IReadOnlyList<IndexEntry>> TakeAsync(int count, CancellationToken cancellationToken) =>
        scan.TakeAsync(count, cancellationToken);

    /// <summary>Whether an entry may lead to a case of the list.</summary>
    public bool MayShow(IndexEntry entry) => entry.Digests.Length == 0
        || required.All(wanted => wanted.Any(digest => entry.Digests.Contains(digest, StringComparison.Ordinal)));

    /// <summary>The digests of what a filter requires, for each field of the index that it requires something of.</summary>
    public static IEnumerable<IReadOnlySet<string>> RequiredBy(Filter<Proto.Case> filter)
    {
        foreach (var field in CaseFacets.Fields)
        {
            if (filter.TryGetRequired(field, out var values) && (field is not ("tags" or "members") || !values.Contains("")))
            {
                yield return DigestsOf(field, values);
            }
        }
    }

    /// <summary>The digests of values of a field.</summary>
    public static IReadOnlySet<string> DigestsOf(string field, IEnumerable<string> values) =>
        values.Select(value => CaseFacets.DigestOf(CaseFacets.Of(field, value))).ToHashSet(StringComparer.Ordinal);
}
