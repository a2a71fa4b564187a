using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    private const string DocumentList = "documents";

    public override async Task<Proto.ListDocumentsResponse> ListDocuments(Proto.ListDocumentsRequest request, ServerCallContext context)
    {
        var size = Page.Size(request.PageSize, @default: 50, max: 200);
        var offset = PageToken.Decode(DocumentList, request.PageToken);

        // One more than the page shows whether there is a next one.
        var documents = await InStoreAsync(() => store.ListAsync(offset, size + 1, context.CancellationToken));

        return new Proto.ListDocumentsResponse
        {
            Documents = { documents.Take(size).Select(document => document.ToProto()) },
            NextPageToken = documents.Count > size ? PageToken.Encode(DocumentList, offset + size) : "",
        };
    }
}
