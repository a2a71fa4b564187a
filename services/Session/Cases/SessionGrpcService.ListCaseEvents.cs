using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.ListCaseEventsResponse> ListCaseEvents(Proto.ListCaseEventsRequest request, ServerCallContext context)
    {
        var name = ParseCaseName(request.Parent, "parent");
        var size = Page.Size(request.PageSize, DefaultPageSize, MaxPageSize);
        var list = $"{name}/events";
        var version = PageToken.Decode(list, request.PageToken);
        var state = await GetStateAsync(name);

        var events = await log.ReadAsync(name, version, size);

        return new Proto.ListCaseEventsResponse
        {
            Events = { events },
            NextPageToken = version + events.Count < state.Version ? PageToken.Encode(list, version + events.Count) : "",
        };
    }
}
