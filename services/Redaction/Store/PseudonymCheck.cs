using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.Redaction.Store;

/// <summary>Verifies that scopes are whole, and that what is sealed opens with the keys that there are.</summary>
/// <param name="key">The installation's key; null if there is none.</param>
/// <param name="ring">The keys of what is sealed; null without that key.</param>
internal sealed class PseudonymCheck(PseudonymKey? key, KeyRing? ring) : IStateCheck
{
    public string Service => ResourceNames.Redaction;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        if (await snapshot.FindAsync(partition, ScopeKeys.Head, cancellationToken) is { } record)
        {
            findings.Count("scopes");
            await CheckScopeAsync(snapshot, partition, record, findings, cancellationToken);
        }
    }

    private async Task CheckScopeAsync(
        StateStore snapshot, Partition partition, StateRecord record, StateFindings findings, CancellationToken cancellationToken)
    {
        ScopeHead head;
        try
        {
            head = ScopeHead.FromBytes(record.Value);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or FormatException)
        {
            findings.Report($"The head of the scope {partition.Name} cannot be read.");
            return;
        }

        if (!head.Fingerprint.IsEmpty && (key is null || !head.Fingerprint.Span.SequenceEqual(key.Fingerprint)))
        {
            findings.Report($"The scope {partition.Name} was made under another key than the one that is here.");
        }

        var entries = 0L;
        await foreach (var entry in snapshot.ReadEntriesAsync(partition, ScopeKeys.Digests, cancellationToken))
        {
            entries++;
            if (!DigestRuns.TryRead(entry.Span, new DigestTable()))
            {
                findings.Report($"Entry {entries} of the digests of the scope {partition.Name} cannot be read.");
            }
        }

        if (entries != head.EntryCount)
        {
            findings.Report($"The scope {partition.Name} has {entries} entries of digests where {head.EntryCount} should be.");
        }

        using var seal = ring?.Open(partition);
        await foreach (var value in snapshot.ReadRecordsAsync(partition, ScopeKeys.Values, cancellationToken))
        {
            findings.Count("sealed values");
            if (seal?.OpenBytes(PlaceOf(value.Key), value.Value.Span) is null)
            {
                findings.Report($"{value.Key} of the scope {partition.Name} cannot be read: its key is gone, or it was changed.");
            }
        }
    }

    // values/EMAIL_ADDRESS/3/{stamp}: the place is between the prefix and the last slash.
    private static string PlaceOf(string key) => key[ScopeKeys.Values.Length..key.LastIndexOf('/')];
}
