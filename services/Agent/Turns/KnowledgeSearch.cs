using FaultMaven.Agents.Models;
using FaultMaven.Protos.Knowledge.V1;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

/// <summary>Looks up what the organisation knows. Knowledge helps, but an investigation goes on without it.</summary>
internal sealed partial class KnowledgeSearch(KnowledgeService.KnowledgeServiceClient knowledge, TimeProvider time, ILogger<KnowledgeSearch> logger)
{
    private const int MaxHits = 5;
    private const int MaxQuery = 4000;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Finds documents. Null if the Knowledge service did not answer.</summary>
    public async Task<IReadOnlyList<KnowledgePassage>?> FindAsync(string query, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(s_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var request = new SearchDocumentsRequest { Query = query.Length <= MaxQuery ? query : query[..MaxQuery], MaxResults = MaxHits };
            var found = await knowledge.SearchDocumentsAsync(request, cancellationToken: either.Token);
            return found.Answered ? [.. found.Hits.Select(hit => new KnowledgePassage(ToReference(hit), hit.Text))] : [];
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogUnavailable(exception.StatusCode);
            return null;
        }
    }

    private static Proto.KnowledgeReference ToReference(SearchHit hit) => new()
    {
        Document = hit.Document,
        Path = hit.Path,
        Title = hit.Title,
        StartLine = (int)hit.StartLine,
        EndLine = (int)hit.EndLine,
        Flagged = hit.FlaggedPassages.Count > 0 || hit.PathFlagged,
    };

    [LoggerMessage(LogLevel.Warning, "Knowledge could not be searched ({Status}); the turn goes on without it.")]
    private partial void LogUnavailable(StatusCode status);
}
