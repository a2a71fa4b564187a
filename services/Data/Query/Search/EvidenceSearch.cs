using System.Runtime.CompilerServices;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;

namespace FaultMaven.Data.Query.Search;

/// <summary>Finds lines and log entries in the evidence of a case, file by file.</summary>
internal sealed class EvidenceSearch(EvidenceListing listing, IBlobStore blobs)
{
    /// <summary>Searches all evidence of a case, oldest first.</summary>
    public async IAsyncEnumerable<Proto.SearchEvidenceResponse> FindAsync(
        CaseName parent, SearchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var evidence in listing.ReadAllAsync(parent, cancellationToken))
        {
            await foreach (var match in FindAsync(evidence, query, cancellationToken))
            {
                yield return match;
            }
        }
    }

    /// <summary>Searches one evidence; nothing if it has no text.</summary>
    public async IAsyncEnumerable<Proto.SearchEvidenceResponse> FindAsync(
        Proto.Evidence evidence, SearchQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!MayHold(evidence, query)
            || !EvidenceName.TryParse(evidence.Name, out var name)
            || await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken) is not { } stream)
        {
            yield break;
        }

        using var reader = new StoredTextReader(stream);
        var source = new EvidenceSource(evidence.Name, evidence.FileName, stream.Length, () => TextReader.Null);
        var search = new FileSearch(query, source, evidence.CreateTime.ToDateTimeOffset());

        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            foreach (var match in search.Add(line))
            {
                yield return match;
            }
        }

        foreach (var match in search.Complete())
        {
            yield return match;
        }
    }

    /// <summary>False if what is known of the evidence rules it out, without reading it.</summary>
    private static bool MayHold(Proto.Evidence evidence, SearchQuery query) =>
        evidence.LineCount > 0
        && (query.StartTime is not { } start || evidence.EndTime is null || evidence.EndTime.ToDateTimeOffset() >= start)
        && (query.EndTime is not { } end || evidence.StartTime is null || evidence.StartTime.ToDateTimeOffset() < end);
}
