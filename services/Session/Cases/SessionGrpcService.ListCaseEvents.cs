using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.ListCaseEventsResponse> ListCaseEvents(Proto.ListCaseEventsRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Parent, "parent");
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var after = page.IsFirst ? request.AfterVersion : page.Number(0);
        var state = await GetStateAsync(name, context.CancellationToken);

        var events = await log.ReadAsync(name, after, page.Size, context.CancellationToken);

        return new Proto.ListCaseEventsResponse
        {
            Events = { events },
            NextPageToken = events is [.., var last] && last.Version < state.Version ? page.NextToken(last.Version) : "",
        };
    }
}
