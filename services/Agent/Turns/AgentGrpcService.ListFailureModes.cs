using FaultMaven.Agents.Catalogue;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override Task<Proto.ListFailureModesResponse> ListFailureModes(Proto.ListFailureModesRequest request, ServerCallContext context)
    {
        const string List = "failureModes";
        var size = Page.Size(request.PageSize, DefaultPageSize, MaxPageSize);
        var offset = (int)Math.Min(PageToken.Decode(List, request.PageToken), catalogue.Modes.Count);

        return Task.FromResult(new Proto.ListFailureModesResponse
        {
            FailureModes = { catalogue.Modes.Skip(offset).Take(size).Select(ToProto) },
            NextPageToken = offset + size < catalogue.Modes.Count ? PageToken.Encode(List, offset + size) : "",
        });
    }

    private static Proto.FailureMode ToProto(FailureMode mode) => new()
    {
        Id = mode.Id,
        Title = mode.Title,
        Category = mode.Category,
        SupportingSignals = { mode.For.Select(pattern => pattern.Kind).Distinct() },
        RefutingSignals = { mode.Refuting.Select(pattern => pattern.Kind).Distinct() },
    };
}
