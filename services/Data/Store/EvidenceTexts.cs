using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using Google.Protobuf;

namespace FaultMaven.Data.Store;

/// <summary>Which texts the records of evidence refer to.</summary>
public static class EvidenceTexts
{
    /// <summary>The service whose store has the records.</summary>
    public const string Service = EvidenceStore.Service;

    /// <summary>Whether texts are files below the folder of evidence, and not in a bucket.</summary>
    public static bool AreFiles(IConfiguration configuration) =>
        configuration[$"{S3BlobOptions.Section}:{nameof(S3BlobOptions.Bucket)}"] is not { Length: > 0 };

    /// <summary>The files that the records of a partition refer to, relative to the folder of evidence.</summary>
    public static async IAsyncEnumerable<string> ListFilesAsync(
        StateStore snapshot, Partition partition,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var record in snapshot.ReadRecordsAsync(partition, EvidenceKeys.RecordPrefix, cancellationToken))
        {
            if (Read(record) is ({ } name, { LineCount: > 0 } evidence))
            {
                yield return $"{FileBlobStore.Folder}/{StoredBlob.PathOf(name, evidence.ContentSha256)}";
            }
        }
    }

    /// <summary>The evidence of a record, and its name; nulls if it cannot be read.</summary>
    internal static (EvidenceName? Name, Proto.Evidence? Evidence) Read(StateRecord record)
    {
        try
        {
            var evidence = EvidenceStore.Parse(record);
            return EvidenceName.TryParse(evidence.Name, out var name) ? (name, evidence) : (null, null);
        }
        catch (InvalidProtocolBufferException)
        {
            return (null, null);
        }
    }
}
