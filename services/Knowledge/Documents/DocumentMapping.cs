using FaultMaven.Knowledge.Search;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

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
        Etag = document.Etag,
    };

    public static Proto.ImportResult ToProto(this StoredDocument stored, Proto.DocumentSource source) => stored.Outcome switch
    {
        StoreOutcome.Created => ToProto(stored.Document, source, Proto.ImportResult.Types.Outcome.Created),
        StoreOutcome.Updated => ToProto(stored.Document, source, Proto.ImportResult.Types.Outcome.Updated),
        StoreOutcome.Conflict => NotStored(source, Conflict(stored.Document.Name, source.Etag, stored.Document.Etag)),
        _ => ToProto(stored.Document, source, Proto.ImportResult.Types.Outcome.Unchanged),
    };

    /// <summary>The result of a document that was not stored.</summary>
    public static Proto.ImportResult NotStored(Proto.DocumentSource source, RpcException fault) =>
        new() { Path = source.Path, Error = fault.GetRpcStatus() };

    /// <summary>ABORTED, because a document is not the one that the caller saw.</summary>
    public static RpcException Conflict(string name, string expected, string actual) => RpcFault.Aborted(
        ErrorReason.EtagMismatch, $"{name} has changed; read it again.", ("name", name), ("expected", expected),
            ("actual", actual));

    private static Proto.ImportResult ToProto(Document document, Proto.DocumentSource source, Proto.ImportResult.Types.Outcome outcome) =>
        new() { Path = source.Path, Outcome = outcome, Document = (document with { Text = null }).ToProto() };

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
