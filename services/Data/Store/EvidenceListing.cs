using System.Runtime.CompilerServices;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Data.Store;

/// <summary>Reads what a case has as evidence, and what was found in it.</summary>
internal sealed class EvidenceListing([FromKeyedServices(EvidenceStore.Service)] StateStore state)
{
    private const int PageSize = 200;

    /// <summary>At most <paramref name="count"/> of the evidence of a case after a place in its order, oldest first.</summary>
    /// <param name="parent">The case.</param>
    /// <param name="after">The place; null for the start.</param>
    /// <param name="count">How many at most. Fewer come at the end, and where evidence was deleted meanwhile.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The evidence, and the place of the last that was looked at; null at the end.</returns>
    public async Task<(IReadOnlyList<Proto.Evidence> Evidence, EvidencePlace? Next)> ListAsync(
        CaseName parent, EvidencePlace? after, int count, CancellationToken cancellationToken)
    {
        var partition = EvidenceKeys.PartitionOf(parent);
        var range = new RecordRange(EvidenceKeys.OrderPrefix, after is null ? null : EvidenceKeys.Place(after));
        var places = (await state.ListAsync(partition, range, count, cancellationToken)).Select(EvidencePlace.Read).ToList();

        if (places.Count == 0)
        {
            return ([], null);
        }

        var records = await state.FindAsync(partition, [.. places.Select(place => EvidenceKeys.Record(place.Id))], cancellationToken);

        // One that was deleted between the two reads is left out.
        return ([.. records.OfType<StateRecord>().Select(EvidenceStore.Parse)], places[^1]);
    }

    /// <summary>All evidence of a case, oldest first.</summary>
    public async IAsyncEnumerable<Proto.Evidence> ReadAllAsync(
        CaseName parent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
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
        var records = new List<StateRecord>();
        IReadOnlyList<StateRecord> page;

        do
        {
            var range = new RecordRange(EvidenceKeys.SignalsPrefix, records.Count == 0 ? null : records[^1].Key);
            page = await state.ListAsync(EvidenceKeys.PartitionOf(parent), range, PageSize, cancellationToken);
            records.AddRange(page);
        }
        while (page.Count == PageSize);

        var names = records
            .Select(record => $"{new EvidenceName(parent, record.Key[EvidenceKeys.SignalsPrefix.Length..])}")
            .ToHashSet(StringComparer.Ordinal);

        return [.. records
            .SelectMany(record => StoredSignals.Parser.ParseFrom(record.Value.Span).Signals)
            .Where(signal => signal.Citations.All(citation => names.Contains(citation.Evidence)))];
    }

    /// <summary>How many bytes of text some of the evidence of a case has.</summary>
    public async Task<long> CountBytesAsync(CaseName parent, IReadOnlyList<Proto.Evidence> evidence, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> keys = [.. evidence.Select(one => EvidenceKeys.Size(one.Name[(one.Name.LastIndexOf('/') + 1)..]))];

        return keys.Count == 0
            ? 0
            : (await state.FindAsync(EvidenceKeys.PartitionOf(parent), keys, cancellationToken)).Sum(size => size?.Number ?? 0);
    }
}
