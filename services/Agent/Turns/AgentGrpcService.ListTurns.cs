using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override async Task<Proto.ListTurnsResponse> ListTurns(Proto.ListTurnsRequest request, ServerCallContext context)
    {
        var caseId = ParseCase(request.Parent);
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);

        // The list only grows at its end, so a place in it is a sort key.
        var start = page.IsFirst ? 0 : page.Number(0);
        var turns = await store.ListAsync(caseId, start, page.Size + 1);
        if (turns.Count == 0)
        {
            await messages.EnsureExistsAsync(request.Parent, context.CancellationToken);
        }

        return new Proto.ListTurnsResponse
        {
            Turns = { turns.Take(page.Size) },
            NextPageToken = turns.Count > page.Size ? page.NextToken(start + page.Size) : "",
        };
    }
}
