using System.Globalization;
using System.IO.Hashing;
using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Store;

/// <summary>Stores, replaces and deletes evidence and its signals, see <see cref="EvidenceKeys"/>.</summary>
internal sealed class EvidenceStore(
    [FromKeyedServices(EvidenceStore.Service)] StateStore state, [FromKeyedServices(EvidenceStore.Service)] Outbox outbox)
{
    /// <summary>The service whose store this is.</summary>
    public const string Service = "data";

    private const int MaxVersions = 50;

    /// <summary>Longer than any upload takes that began before its case was deleted.</summary>
    private static readonly TimeSpan s_tombstoneLifetime = TimeSpan.FromDays(7);

    /// <summary>
    /// Stores evidence, its signals and the message about it together, or nothing if the case holds the same content already or was
    /// deleted.
    /// </summary>
    /// <param name="name">What it is called.</param>
    /// <param name="evidence">The evidence; gets its etag.</param>
    /// <param name="signals">What was found in it.</param>
    /// <param name="storedBytes">How many bytes of text it has.</param>
    /// <param name="isAnswer">Whether it is the answer to the request; what came in an archive is not.</param>
    /// <remarks>It cannot be cancelled: half-way, the caller would not know whether it happened.</remarks>
    /// <returns>False if nothing was stored.</returns>
    public async Task<bool> TryAddAsync(
        EvidenceName name,
        Proto.Evidence evidence,
        IReadOnlyList<Proto.Signal> signals,
        long storedBytes,
        bool isAnswer)
    {
        var partition = EvidenceKeys.PartitionOf(name.Case);
        var versionsKey = EvidenceKeys.Versions(evidence.FileName);
        var versions = await state.FindAsync(partition, versionsKey, CancellationToken.None);
        evidence.Etag = "";
        var record = evidence.ToByteArray();
        var etag = EtagOf(record);
        var transaction = new StateTransaction(partition);
        transaction.IfAbsent(EvidenceKeys.Deleted);
        transaction.IfAbsent(EvidenceKeys.Content(evidence.ContentSha256));
        transaction.IfUnchanged(versionsKey, versions);

        transaction.Put(EvidenceKeys.Content(evidence.ContentSha256), name.Id);
        transaction.Put(versionsKey, string.Join(' ', Ids(versions).TakeLast(MaxVersions - 1).Append(name.Id)));
        transaction.Put(EvidenceKeys.Place(EvidencePlace.Of(name, evidence)), "");
        transaction.Put(EvidenceKeys.Size(name.Id), storedBytes.ToString(CultureInfo.InvariantCulture));
        transaction.Add(EvidenceKeys.Bytes, storedBytes);
        PutAnalysis(transaction, name, evidence, record, signals);

        if (isAnswer)
        {
            transaction.Answer(WithEtag(evidence, etag));
        }

        if (await state.CommitAsync(transaction, CancellationToken.None) is null)
        {
            return false;
        }

        evidence.Etag = etag;

        return true;
    }

    /// <summary>Whether the case was deleted.</summary>
    public async Task<bool> IsDeletedAsync(CaseName parent) =>
        await state.FindAsync(EvidenceKeys.PartitionOf(parent), EvidenceKeys.Deleted, CancellationToken.None) is not null;

    /// <summary>How many bytes of text a case holds.</summary>
    public async Task<long> CountBytesAsync(CaseName parent, CancellationToken cancellationToken) =>
        (await state.FindAsync(EvidenceKeys.PartitionOf(parent), EvidenceKeys.Bytes, cancellationToken))?.Number ?? 0;

    public async Task<Proto.Evidence?> FindAsync(EvidenceName name, CancellationToken cancellationToken) =>
        await ReadAsync(name, cancellationToken) is { } record ? Parse(record) : null;

    /// <summary>A record as it is stored, for <see cref="TryReplaceAsync"/>; null if there is none.</summary>
    public Task<StateRecord?> ReadAsync(EvidenceName name, CancellationToken cancellationToken) =>
        state.FindAsync(EvidenceKeys.PartitionOf(name.Case), EvidenceKeys.Record(name.Id), cancellationToken);

    /// <summary>The evidence of a record, with its etag.</summary>
    public static Proto.Evidence Parse(StateRecord record)
    {
        var evidence = Proto.Evidence.Parser.ParseFrom(record.Value.Span);
        evidence.Etag = EtagOf(record.Value.Span);

        return evidence;
    }

    /// <summary>
    /// Replaces a record and its signals, and announces the analysis again, if the record is still the one that was read.
    /// </summary>
    /// <param name="name">The evidence.</param>
    /// <param name="read">What <see cref="ReadAsync"/> gave.</param>
    /// <param name="evidence">What it is to be.</param>
    /// <param name="signals">What was found in it.</param>
    /// <param name="answer">What the caller is answered.</param>
    /// <returns>False if it was changed or deleted in the meantime.</returns>
    public async Task<bool> TryReplaceAsync(
        EvidenceName name,
        StateRecord read,
        Proto.Evidence evidence,
        IReadOnlyList<Proto.Signal> signals,
        Func<Proto.Evidence, IMessage> answer)
    {
        evidence.Etag = "";
        var record = evidence.ToByteArray();
        var transaction = new StateTransaction(EvidenceKeys.PartitionOf(name.Case));
        transaction.IfUnchanged(read.Key, read);
        var etag = EtagOf(record);
        PutAnalysis(transaction, name, evidence, record, signals);
        transaction.Answer(answer(WithEtag(evidence, etag)));

        if (await state.CommitAsync(transaction, CancellationToken.None) is null)
        {
            return false;
        }

        evidence.Etag = etag;

        return true;
    }

    /// <summary>The evidence of a case that has this content, if any.</summary>
    public async Task<Proto.Evidence?> FindByContentAsync(CaseName parent, string sha256, CancellationToken cancellationToken) =>
        await state.FindAsync(EvidenceKeys.PartitionOf(parent), EvidenceKeys.Content(sha256), cancellationToken) is { } id
            ? await FindAsync(new EvidenceName(parent, id.Text), cancellationToken)
            : null;

    /// <summary>Which of these texts of one case belong to no evidence, in the order given.</summary>
    public async Task<IReadOnlyList<StoredBlob>> WithoutRecordAsync(
        CaseName parent, IReadOnlyList<StoredBlob> blobs, CancellationToken cancellationToken)
    {
        var owners = await state.FindAsync(
            EvidenceKeys.PartitionOf(parent), [.. blobs.Select(blob => EvidenceKeys.Content(blob.Sha256))], cancellationToken);

        return [.. blobs.Where((blob, index) => owners[index]?.Text != blob.Name.Id)];
    }

    /// <summary>
    /// The earlier versions of a file in a case, the latest first: evidence of the same file name whose upload began before this one's.
    /// </summary>
    public async Task<IReadOnlyList<EvidenceName>> ListVersionsAsync(
        EvidenceName name, string fileName, CancellationToken cancellationToken)
    {
        var versions = await state.FindAsync(EvidenceKeys.PartitionOf(name.Case), EvidenceKeys.Versions(fileName), cancellationToken);

        // Ids made later sort later.
        return [.. Ids(versions)
            .Where(id => string.CompareOrdinal(id, name.Id) < 0)
            .OrderDescending(StringComparer.Ordinal)
            .Select(id => new EvidenceName(name.Case, id))];
    }

    /// <summary>Deletes the record and the signals of evidence if the record is still the one that was read.</summary>
    /// <param name="name">The evidence.</param>
    /// <param name="read">What <see cref="ReadAsync"/> gave.</param>
    /// <param name="evidence">What <see cref="Parse"/> made of it.</param>
    /// <returns>False if it was changed or deleted in the meantime.</returns>
    public async Task<bool> TryDeleteAsync(EvidenceName name, StateRecord read, Proto.Evidence evidence)
    {
        var partition = EvidenceKeys.PartitionOf(name.Case);
        var size = await state.FindAsync(partition, EvidenceKeys.Size(name.Id), CancellationToken.None);
        var transaction = new StateTransaction(partition);
        transaction.IfUnchanged(read.Key, read);
        transaction.Delete(read.Key);
        transaction.Delete(EvidenceKeys.Signals(name.Id));
        transaction.Delete(EvidenceKeys.Place(EvidencePlace.Of(name, evidence)));
        transaction.Delete(EvidenceKeys.Size(name.Id));
        transaction.Delete(EvidenceKeys.Content(evidence.ContentSha256));
        transaction.Add(EvidenceKeys.Version, 1);
        transaction.Add(EvidenceKeys.Bytes, -(size?.Number ?? 0));
        transaction.Answer(new Empty());

        return await state.CommitAsync(transaction, CancellationToken.None) is not null;
    }

    /// <summary>Keeps uploads to a case that are still running, and those to come, from storing anything in it.</summary>
    public Task MarkDeletedAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(EvidenceKeys.PartitionOf(parent));
        transaction.Put(EvidenceKeys.Deleted, "", s_tombstoneLifetime);

        return state.CommitAsync(transaction, cancellationToken);
    }

    /// <summary>Deletes everything about a case but its texts and its mark.</summary>
    public Task DeleteCaseAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(EvidenceKeys.PartitionOf(parent));
        transaction.DeletePartition();
        transaction.Put(EvidenceKeys.Deleted, "", s_tombstoneLifetime);

        return state.CommitAsync(transaction, cancellationToken);
    }

    /// <summary>Puts a record and its signals, and stages the event about them.</summary>
    private void PutAnalysis(
        StateTransaction transaction, EvidenceName name, Proto.Evidence evidence, byte[] record, IReadOnlyList<Proto.Signal> signals)
    {
        transaction.Put(EvidenceKeys.Record(name.Id), record);
        transaction.Put(EvidenceKeys.Signals(name.Id), new StoredSignals { Signals = { signals } }.ToByteArray());
        transaction.Add(EvidenceKeys.Version, 1);
        outbox.Stage(
            transaction,
            new EvidenceAnalyzed
            {
                Case = $"{name.Case}", Evidence = $"{name}", FileName = evidence.FileName, SignalCount = signals.Count,
            });
    }

    private static Proto.Evidence WithEtag(Proto.Evidence evidence, string etag)
    {
        var copy = evidence.Clone();
        copy.Etag = etag;

        return copy;
    }

    private static string EtagOf(ReadOnlySpan<byte> record) => XxHash3.HashToUInt64(record).ToString("x16", CultureInfo.InvariantCulture);

    private static string[] Ids(StateRecord? versions) => versions?.Text.Split(' ') ?? [];
}
