using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Proto.ListEvidenceResponse> ListEvidence(Proto.ListEvidenceRequest request, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);
        var size = Page.Size(request.PageSize, @default: 50, max: 200);
        var list = $"{parent}/evidence";
        var offset = PageToken.Decode(list, request.PageToken);

        var evidence = await store.ListAsync(parent, offset, size + 1, context.CancellationToken);

        return new Proto.ListEvidenceResponse
        {
            Evidence = { evidence.Take(size) },
            NextPageToken = evidence.Count > size ? PageToken.Encode(list, offset + size) : "",
        };
    }
}
