using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.ListCasesResponse> ListCases(Proto.ListCasesRequest request, ServerCallContext context)
    {
        const string List = "cases";
        var size = Page.Size(request.PageSize, DefaultPageSize, MaxPageSize);
        var offset = PageToken.Decode(List, request.PageToken);

        var names = await index.ListAsync(offset, size + 1);
        var states = await Task.WhenAll(names.Take(size).Select(log.FindAsync));

        return new Proto.ListCasesResponse
        {
            Cases = { states.OfType<CaseState>().Select(state => state.ToProto()) },
            NextPageToken = names.Count > size ? PageToken.Encode(List, offset + size) : "",
        };
    }
}
