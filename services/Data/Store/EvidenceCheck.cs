using System.Globalization;
using System.Security.Cryptography;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using Google.Protobuf;

namespace FaultMaven.Data.Store;

/// <summary>Verifies that each record of evidence has its text, with the digest that it says, and its signals.</summary>
/// <param name="blobs">The texts.</param>
/// <param name="isReadingTexts">Whether texts are read to compare their digests, or only looked for.</param>
internal sealed class EvidenceCheck(IBlobStore blobs, bool isReadingTexts) : IStateCheck
{
    public string Service => EvidenceStore.Service;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        await foreach (var record in snapshot.ReadRecordsAsync(partition, EvidenceKeys.RecordPrefix, cancellationToken))
        {
            findings.Count("evidence");
            if (EvidenceTexts.Read(record) is not ({ } name, { } evidence))
            {
                findings.Report($"The record {record.Key} of {partition} cannot be read.");
                continue;
            }

            var beside = await snapshot.FindAsync(
                partition, [EvidenceKeys.Signals(name.Id), EvidenceKeys.Size(name.Id)], cancellationToken);
            CheckSignals(name, beside[0], findings);
            if (evidence.LineCount > 0)
            {
                await CheckTextAsync(name, evidence, beside[1], findings, cancellationToken);
            }
        }
    }

    private static void CheckSignals(EvidenceName name, StateRecord? signals, StateFindings findings)
    {
        try
        {
            if (signals is null)
            {
                findings.Report($"{name} has no signals.");
                return;
            }

            findings.Count("signals", StoredSignals.Parser.ParseFrom(signals.Value.Span).Signals.Count);
        }
        catch (InvalidProtocolBufferException)
        {
            findings.Report($"The signals of {name} cannot be read.");
        }
    }

    private async Task CheckTextAsync(
        EvidenceName name, Proto.Evidence evidence, StateRecord? size, StateFindings findings, CancellationToken cancellationToken)
    {
        await using var text = await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken);
        if (text is null)
        {
            findings.Report($"The text of {name} is missing.");
            return;
        }

        findings.Count("texts");
        findings.Count("bytes of texts", text.Length);
        if (size?.Text != text.Length.ToString(CultureInfo.InvariantCulture))
        {
            findings.Report($"The text of {name} has {text.Length} bytes and not {size?.Text ?? "the number that was noted"}.");
        }
        else if (isReadingTexts
            && Convert.ToHexStringLower(await SHA256.HashDataAsync(text, cancellationToken)) != evidence.ContentSha256)
        {
            findings.Report($"The text of {name} is not the one that was stored: its digest differs.");
        }
    }
}
