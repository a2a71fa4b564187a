using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override async Task<Proto.Turn> CancelTurn(Proto.CancelTurnRequest request, ServerCallContext context)
    {
        var name = ParseTurn(request.Name);
        var failure = new Proto.TurnFailed { Reason = RpcFault.NameOf(ErrorReason.TurnEnded), Message = "The turn was cancelled." };
        while (await GetAsync(name) is { State: Proto.Turn.Types.State.Running })
        {
            // The worker may add an event between reading and ending; then it is tried again after that event.
            var recorded = (await store.ListEventsAsync(name, 0)).Count;
            if (await store.TryEndAsync(name, store.Stamp(new() { Failed = failure }, recorded + 1), Proto.Turn.Types.State.Cancelled, lease: null))
            {
                await queue.StopAsync(name);
                return await GetAsync(name);
            }

            context.CancellationToken.ThrowIfCancellationRequested();
        }

        var ended = await GetAsync(name);
        throw RpcFault.Precondition(ErrorReason.TurnEnded, $"{name} has ended already.", ("name", ended.Name), ("state", $"{ended.State}"));
    }
}
