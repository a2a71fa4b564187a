using FaultMaven.Agents.Models;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.ServiceDefaults.Text;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Turns;

/// <summary>Searches the knowledge base. It helps, but an investigation continues without it.</summary>
internal sealed partial class KnowledgeSearch(
    KnowledgeService.KnowledgeServiceClient knowledge, IOptions<TurnOptions> options, TimeProvider time, ILogger<KnowledgeSearch> logger)
{
    private const int MaxHits = 5;
    private const int MaxQuery = 4000;

    /// <summary>Finds documents. Null if the Knowledge service did not answer.</summary>
    public async Task<IReadOnlyList<KnowledgePassage>?> FindAsync(string query, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Value.KnowledgeTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var request = new SearchDocumentsRequest { Query = RedactedText.Cut(query, MaxQuery), MaxResults = MaxHits };
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
        StartLine = hit.StartLine,
        EndLine = hit.EndLine,
        Flagged = hit.FlaggedPassages.Count > 0 || hit.PathFlagged,
    };

    [LoggerMessage(LogLevel.Warning, "The knowledge base could not be searched ({Status}); the turn continues without it.")]
    private partial void LogUnavailable(StatusCode status);
}
