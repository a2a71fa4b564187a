using FaultMaven.ServiceDefaults.Filtering;
using FaultMaven.ServiceDefaults.Paging;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>A page of a list of cases.</summary>
/// <param name="Cases">The cases, in order.</param>
/// <param name="NextToken">For the page after it; empty on the last.</param>
internal sealed record CasePage(IReadOnlyList<Proto.Case> Cases, string NextToken);

/// <summary>
/// Lists cases. Each is compared with the filter as it is when the list is made, whatever led to it. A page reads what it shows where one
/// facet decides; with more to compare it reads a bounded number of cases, and may then have fewer than were asked for.
/// </summary>
internal sealed class CaseLister(CaseLog log, CaseIndex index)
{
    /// <summary>How many cases are read at most for a page in an order that the index has, and are sorted sooner than found.</summary>
    private const int MaxRead = 500;

    /// <summary>How many entries of the index are compared at most for such a page.</summary>
    private const int MaxCompared = 5_000;

    private const int BatchSize = 200;

    /// <summary>Lists a page.</summary>
    /// <param name="filter">Which cases.</param>
    /// <param name="order">In which order.</param>
    /// <param name="page">Which part of them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<CasePage> ListAsync(
        Filter<Proto.Case> filter, CaseOrder order, KeysetPage page, CancellationToken cancellationToken)
    {
        var after = page.IsFirst ? null : order.PositionBefore(page);
        var list = new CaseList(filter, order, page, after);
        if (!await index.IsCompleteAsync(cancellationToken))
        {
            return order is { Sequence: CaseSequence.Creation, Level: null }
                ? await WalkAsync([Everything(list)], list, cancellationToken)
                : await SortAsync(index.ScanEverything(null, isDescending: true, BatchSize), list, cancellationToken);
        }

        var (field, facets) = FacetsOf(filter);
        if (order.Sequence == CaseSequence.Creation && (order.Level is null || CanWalkLevels(order, field)))
        {
            return await WalkAsync(CreationRuns(list, field, facets), list, cancellationToken);
        }

        if (order.Sequence is null)
        {
            return await SortAsync(Newest(facets), list, cancellationToken);
        }

        // Cases in another order than the one that their facets have them in: a few are sorted, of many some will be found soon.
        if (field != CaseFacets.All && (await Newest(facets).TakeAsync(MaxRead + 1, cancellationToken)).Count <= MaxRead)
        {
            return await SortAsync(Newest(facets), list, cancellationToken);
        }

        var runs = order.Sequence == CaseSequence.Update ? UpdateRuns(list) : CreationRuns(list, CaseFacets.All, [CaseFacets.All]);
        return await WalkAsync(runs, list, cancellationToken);
    }

    // The facets that all cases of the list have one of: those of the field that most likely has the fewest cases.
    private static (string Field, IReadOnlyList<string> Facets) FacetsOf(Filter<Proto.Case> filter)
    {
        foreach (var field in CaseFacets.Fields)
        {
            if (filter.TryGetRequired(field, out var values) && !values.Any(value => CaseFacets.IsEmpty(field, value)))
            {
                return (field, [.. values.Select(value => CaseFacets.Of(field, value))]);
            }
        }

        return (CaseFacets.All, [CaseFacets.All]);
    }

    // Priorities of another facet have their own entries; those of severities do not.
    private static bool CanWalkLevels(CaseOrder order, string field) => field == CaseFacets.All || field == order.Level
        || (order.Level == CaseFacets.Priority && CaseFacets.HasLevels(field));

    private static IEnumerable<(int Level, string? End)> LevelsOf(CaseList list)
    {
        IEnumerable<int> levels = list.Order.Level == CaseFacets.Priority
            ? Enum.GetValues<Proto.Case.Types.Priority>().Select(level => (int)level)
            : Enum.GetValues<Proto.Case.Types.Severity>().Select(level => (int)level);
        if (list.Filter.TryGetRequired(list.Order.Level!, out var required))
        {
            levels = levels.Where(level => required.Contains(CaseFacets.Number(level)));
        }

        var begin = list.After is null ? (int?)null : CaseOrder.LevelOf(list.After);
        return (list.Order.LevelsDescend ? levels.OrderDescending() : levels.Order())
            .Where(level => begin is null || level == begin || (level < begin == list.Order.LevelsDescend))
            .Select(level => (level, level == begin ? list.End : null));
    }

    private IndexScan Newest(IReadOnlyList<string> facets) => index.Scan(facets, after: null, isDescending: true, BatchSize);

    private CaseRun Everything(CaseList list) =>
        new(level: 0, index.ScanEverything(list.End, list.Order.IsDescending, list.Expected), []);

    private IEnumerable<CaseRun> CreationRuns(CaseList list, string field, IReadOnlyList<string> facets) => list.Order.Level is { } levels
        ? LevelsOf(list).Select(part => new CaseRun(
            part.Level,
            index.Scan(
                CaseFacets.HasLevels(field)
                    ? facets.Select(facet => CaseFacets.OfLevel(facet, part.Level))
                    : [CaseFacets.Of(levels, CaseFacets.Number(part.Level))],
                part.End,
                list.Order.IsDescending,
                list.Expected),
            []))
        : [new CaseRun(level: 0, index.Scan(facets, list.End, list.Order.IsDescending, list.Expected), [])];

    private IEnumerable<CaseRun> UpdateRuns(CaseList list)
    {
        var required = CaseRun.RequiredBy(list.Filter).ToList();
        return list.Order.Level is { } levels
            ? LevelsOf(list).Select(part => new CaseRun(
                part.Level,
                index.ScanUpdates(part.End, list.Order.IsDescending, list.Expected),
                [.. required, CaseRun.DigestsOf(levels, [CaseFacets.Number(part.Level)])]))
            : [new CaseRun(level: 0, index.ScanUpdates(list.End, list.Order.IsDescending, list.Expected), required)];
    }

    private async Task<CasePage> WalkAsync(IEnumerable<CaseRun> runs, CaseList list, CancellationToken cancellationToken)
    {
        var shown = new List<Proto.Case>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var (read, compared) = (0, 0);

        // Tokens can be read: they say where a case is that the caller sees, if one was met.
        CasePosition? last = null, lastShown = null, lastSeen = null;
        foreach (var run in runs)
        {
            // As many as the page has room for; once some are not what the filter asks for, more at once.
            while (await run.TakeAsync(shown.Count == compared ? list.Expected - shown.Count : BatchSize, cancellationToken)
                is { Count: > 0 } entries)
            {
                var cases = await Task.WhenAll(entries.Select(
                    async entry => run.MayShow(entry) ? (await log.FindAsync(entry.Name, cancellationToken))?.Folded : null));
                foreach (var (entry, found) in entries.Zip(cases))
                {
                    // A case that was changed meanwhile can be where it was and where it is now.
                    if (found is not null && CaseVisibility.IsVisible(found) && list.Filter.Matches(found)
                        && list.Order.IsOfLevel(found, run.Level) && !names.Contains(found.Name))
                    {
                        if (shown.Count == list.Page.Size)
                        {
                            return new CasePage(shown, lastShown!.TokenOf(list.Page));
                        }

                        names.Add(found.Name);
                        shown.Add(found);
                        lastShown = list.Order.PositionOf(run.Level, entry.End);
                    }

                    compared++;
                    read += found is null ? 0 : 1;
                    last = list.Order.PositionOf(run.Level, entry.End);
                    lastSeen = found is not null && CaseVisibility.IsVisible(found) ? last : lastSeen;
                }

                if (read >= MaxRead || compared >= MaxCompared)
                {
                    return new CasePage(shown, (lastSeen ?? last!).TokenOf(list.Page));
                }
            }
        }

        return new CasePage(shown, "");
    }

    private async Task<CasePage> SortAsync(IndexScan scan, CaseList list, CancellationToken cancellationToken)
    {
        var matching = new List<(Proto.Case Case, CasePosition Position)>();
        while (await scan.TakeAsync(BatchSize, cancellationToken) is { Count: > 0 } entries)
        {
            var cases = await Task.WhenAll(entries.Select(entry => log.FindAsync(entry.Name, cancellationToken)));
            foreach (var (entry, found) in entries.Zip(cases, (entry, found) => (entry, found?.Folded)))
            {
                if (found is not null && CaseVisibility.IsVisible(found) && list.Filter.Matches(found))
                {
                    var position = list.Order.PositionOf(new ListedCase(found, CaseIndexKeys.Read(entry.End).Place));
                    if (list.After is null || list.Order.Compare(position, list.After) > 0)
                    {
                        matching.Add((found, position));
                    }
                }
            }
        }

        matching.Sort((one, other) => list.Order.Compare(one.Position, other.Position));
        return new CasePage(
            [.. matching.Take(list.Page.Size).Select(item => item.Case)],
            matching.Count > list.Page.Size ? matching[list.Page.Size - 1].Position.TokenOf(list.Page) : "");
    }

    /// <summary>What is asked for.</summary>
    private sealed record CaseList(Filter<Proto.Case> Filter, CaseOrder Order, KeysetPage Page, CasePosition? After)
    {
        /// <summary>One more than a page, which shows whether there is another.</summary>
        public int Expected => Page.Size + 1;

        /// <summary>The end of the key of the entry that the page comes after.</summary>
        public string? End => After is null ? null : Order.EndOf(After);
    }
}
