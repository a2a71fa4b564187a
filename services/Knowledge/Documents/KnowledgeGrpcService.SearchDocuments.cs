using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    private const int MaxQueryCharacters = 4_000;

    public override async Task<Proto.SearchDocumentsResponse> SearchDocuments(Proto.SearchDocumentsRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize, @default: 10, max: 50);
        if (string.IsNullOrWhiteSpace(request.Query) || request.Query.Length > MaxQueryCharacters)
        {
            throw RpcFault.InvalidField("query", $"must have 1 to {MaxQueryCharacters} characters, not all of them blank");
        }

        // Documents are redacted, so only a redacted query can meet what they hold; and no query is kept or traced as it came.
        var redacted = await redactor.RedactAsync([request.Query], context.CancellationToken);
        var result = await InStoreAsync(() => search.SearchAsync(redacted[0].Text, size, context.CancellationToken));

        return result.ToProto();
    }
}
