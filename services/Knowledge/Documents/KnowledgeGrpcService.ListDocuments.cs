using FaultMaven.ServiceDefaults.Filtering;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    private static readonly FilterSchema<Document> s_documentFilter = new FilterSchema<Document>()
        .Text("path", document => document.Path)
        .Text("title", document => document.Title)
        .Time("update_time", document => document.UpdateTime)
        .Flag("path_flagged", document => document.Flags.IsPathFlagged)
        .Number("chunk_count", document => document.ChunkCount);

    public override async Task<Proto.ListDocumentsResponse> ListDocuments(Proto.ListDocumentsRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, @default: 50, max: 200);
        var filter = s_documentFilter.Parse(request.Filter);

        // One more than the page shows whether there is a next one.
        var after = page.IsFirst ? null : page.Text(0);
        var documents = await InStoreAsync(() => store.ListAsync(after, filter, page.Size + 1, context.CancellationToken));

        return new Proto.ListDocumentsResponse
        {
            Documents = { documents.Take(page.Size).Select(document => document.ToProto()) },
            NextPageToken = documents.Count > page.Size ? page.NextToken(documents[page.Size - 1].Path) : "",
        };
    }
}
