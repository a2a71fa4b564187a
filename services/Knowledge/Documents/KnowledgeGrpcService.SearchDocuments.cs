using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    private const int DefaultResults = 10;
    private const int MostResults = 50;

    public override async Task<Proto.SearchDocumentsResponse> SearchDocuments(Proto.SearchDocumentsRequest request,
        ServerCallContext context)
    {
        var size = MaxResults(request.MaxResults);
        if (string.IsNullOrWhiteSpace(request.Query))
        {
            throw RpcFault.InvalidField("query", "must not be blank");
        }

        // Documents are redacted, so only a redacted query can meet what they hold; and no query is kept or traced as it came.
        var redacted = await redactor.RedactAsync([request.Query], keepPlaceholders: true, context.CancellationToken);
        var result = await InStoreAsync(() => search.SearchAsync(redacted[0].Text, size, context.CancellationToken));

        return result.ToProto();
    }

    private static int MaxResults(int requested) => requested switch
    {
        0 => DefaultResults,
        _ => Math.Min(requested, MostResults),
    };
}
