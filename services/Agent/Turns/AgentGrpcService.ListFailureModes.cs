using FaultMaven.Agents.Catalogue;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override Task<Proto.ListFailureModesResponse> ListFailureModes(Proto.ListFailureModesRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var modes = catalogue.Modes
            .SkipWhile(mode => !page.IsFirst && string.CompareOrdinal(mode.Id, page.Text(0)) <= 0)
            .Take(page.Size + 1)
            .ToList();

        return Task.FromResult(new Proto.ListFailureModesResponse
        {
            FailureModes = { modes.Take(page.Size).Select(ToProto) },
            NextPageToken = modes.Count > page.Size ? page.NextToken(modes[page.Size - 1].Id) : "",
        });
    }

    private static Proto.FailureMode ToProto(FailureMode mode) => new()
    {
        Name = $"{FailureModes}{mode.Id}",
        Title = mode.Title,
        Category = mode.Category,
        SupportingSignals = { mode.For.Select(pattern => pattern.Kind).Distinct() },
        RefutingSignals = { mode.Refuting.Select(pattern => pattern.Kind).Distinct() },
    };
}
