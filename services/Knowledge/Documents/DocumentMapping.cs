using FaultMaven.Knowledge.Search;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Knowledge.Documents;

/// <summary>The only place where the domain and the contract meet.</summary>
internal static class DocumentMapping
{
    /// <summary>How much of a chunk an answer carries: a chunk is longer only where one line is.</summary>
    private const int MaxHitCharacters = 4_000;

    public static Proto.Document ToProto(this Document document) => new()
    {
        Name = document.Name,
        Path = document.Path,
        Title = document.Title,
        Text = document.Text ?? "",
        ContentSha256 = document.Sha256,
        ChunkCount = document.ChunkCount,
        UpdateTime = document.UpdateTime.ToTimestamp(),
        FlaggedPassages = { document.Flags.Passages },
        PathFlagged = document.Flags.IsPathFlagged,
    };

    public static Proto.ImportResult ToProto(this StoredDocument stored, string path) => new()
    {
        Path = path,
        Outcome = stored.Outcome switch
        {
            StoreOutcome.Created => Proto.ImportResult.Types.Outcome.Created,
            StoreOutcome.Updated => Proto.ImportResult.Types.Outcome.Updated,
            _ => Proto.ImportResult.Types.Outcome.Unchanged,
        },
        Document = (stored.Document with { Text = null }).ToProto(),
    };

    public static Proto.SearchDocumentsResponse ToProto(this SearchResult result) => new()
    {
        Answered = result.Answered,
        Hits = { result.Hits.Select(ToProto) },
    };

    private static Proto.SearchHit ToProto(SearchHit hit) => new()
    {
        Document = hit.Name,
        Path = hit.Path,
        Title = hit.Title,
        Headings = { hit.Headings },
        Text = Shorten(hit.Text),
        StartLine = hit.StartLine,
        EndLine = hit.EndLine,
        Score = hit.Score,
        FlaggedPassages = { hit.Flags.In(hit.StartLine, hit.EndLine) },
        PathFlagged = hit.Flags.IsPathFlagged,
    };

    private static string Shorten(string text)
    {
        if (text.Length <= MaxHitCharacters)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MaxHitCharacters - 1]) ? MaxHitCharacters - 1 : MaxHitCharacters;
        return text[..end];
    }
}
