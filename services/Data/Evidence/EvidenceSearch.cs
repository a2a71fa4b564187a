using System.Runtime.CompilerServices;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Evidence;

/// <summary>Finds lines in the evidence of a case, upper and lower case alike.</summary>
internal sealed class EvidenceSearch(EvidenceStore store, IBlobStore blobs)
{
    private const int PageSize = 100;

    /// <summary>How much of a long line stands before the match in its quote.</summary>
    private const int QuoteLead = 100;

    public async IAsyncEnumerable<Proto.Citation> FindAsync(CaseName parent, string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var offset = 0L; await store.ListAsync(parent, offset, PageSize, cancellationToken) is { Count: > 0 } page; offset += PageSize)
        {
            foreach (var evidence in page)
            {
                await foreach (var match in FindAsync(evidence, text, cancellationToken))
                {
                    yield return match;
                }
            }
        }
    }

    private async IAsyncEnumerable<Proto.Citation> FindAsync(Proto.Evidence evidence, string text, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!EvidenceName.TryParse(evidence.Name, out var name) || await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken) is not { } stream)
        {
            yield break;
        }

        using var reader = new StoredTextReader(stream);
        var source = new EvidenceSource(evidence.Name, evidence.FileName, stream.Length, () => TextReader.Null);
        var number = 0;

        while (reader.ReadLine() is { } line)
        {
            cancellationToken.ThrowIfCancellationRequested();
            number++;

            if (line.IndexOf(text, StringComparison.OrdinalIgnoreCase) is >= 0 and var index)
            {
                yield return source.Cite(number, number, Quote(line, index));
            }
        }
    }

    private static string Quote(string line, int match)
    {
        var start = line.Length <= EvidenceSource.MaxQuoteLength ? 0 : Math.Max(0, match - QuoteLead);

        return line[(start + (start > 0 && char.IsLowSurrogate(line[start]) ? 1 : 0))..].CutTo(EvidenceSource.MaxQuoteLength);
    }
}
