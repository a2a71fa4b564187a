using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override async Task<Proto.ListTurnsResponse> ListTurns(Proto.ListTurnsRequest request, ServerCallContext context)
    {
        var caseId = ParseCase(request.Parent);
        var size = Page.Size(request.PageSize, DefaultPageSize, MaxPageSize);
        var list = $"{request.Parent}/turns";
        var offset = PageToken.Decode(list, request.PageToken);

        var turns = await store.ListAsync(caseId, offset, size + 1);

        return new Proto.ListTurnsResponse
        {
            Turns = { turns.Take(size) },
            NextPageToken = turns.Count > size ? PageToken.Encode(list, offset + size) : "",
        };
    }
}
