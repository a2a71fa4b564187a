using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    private const int MaxQueryCharacters = 4_000;
    private const int DefaultResults = 10;
    private const int MostResults = 50;

    public override async Task<Proto.SearchDocumentsResponse> SearchDocuments(Proto.SearchDocumentsRequest request,
        ServerCallContext context)
    {
        var size = MaxResults(request.MaxResults);
        if (string.IsNullOrWhiteSpace(request.Query) || request.Query.Length > MaxQueryCharacters)
        {
            throw RpcFault.InvalidField("query", $"must have 1 to {MaxQueryCharacters} characters, not all of them blank");
        }

        // Documents are redacted, so only a redacted query can meet what they hold; and no query is kept or traced as it came.
        var redacted = await redactor.RedactAsync([request.Query], keepPlaceholders: true, context.CancellationToken);
        var result = await InStoreAsync(() => search.SearchAsync(redacted[0].Text, size, context.CancellationToken));

        return result.ToProto();
    }

    private static int MaxResults(int requested) => requested switch
    {
        < 0 => throw RpcFault.InvalidField("max_results", "must not be negative"),
        0 => DefaultResults,
        _ => Math.Min(requested, MostResults),
    };
}
