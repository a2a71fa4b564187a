using FaultMaven.ServiceDefaults.Paging;
using FaultMaven.Sessions.Cases.Listing;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.ListCasesResponse> ListCases(Proto.ListCasesRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var filter = CaseFilter.Schema.Read(request.Filter);
        var order = CaseOrder.Parse(request.OrderBy);

        var (cases, next) = await lister.ListAsync(filter, order, page, context.CancellationToken);

        return new Proto.ListCasesResponse { Cases = { cases }, NextPageToken = next };
    }
}
