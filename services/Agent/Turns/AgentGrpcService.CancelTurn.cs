using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;
using State = FaultMaven.Protos.Agent.V1.Turn.Types.State;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override async Task<Proto.Turn> CancelTurn(Proto.CancelTurnRequest request, ServerCallContext context)
    {
        var name = ParseTurn(request.Name);
        while (true)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var recorded = await store.CountEventsAsync(name);
            var turn = await GetAsync(name);
            if (turn.State == State.Cancelled)
            {
                return turn;
            }

            EntityTag.EnsureMatch(turn.Name, request.Etag, turn.Etag);
            if (turn.State != State.Running || await store.IsAnsweredAsync(name))
            {
                throw RpcFault.Precondition(
                    ErrorReason.TurnEnded, $"{name} has its answer or has ended.", ("name", turn.Name),
                    ("state", ContractNames.Of(turn.State)));
            }

            // The worker may write between reading and ending; then the turn is read again.
            var last = store.Stamp(new() { Failed = new() { Error = TurnErrors.Cancelled(name) } }, recorded + 1);
            if (await store.TryEndAsync(name, turn, [last], State.Cancelled, lease: null))
            {
                AgentTelemetry.RecordTurn(
                    last.CreateTime.ToDateTimeOffset() - turn.CreateTime.ToDateTimeOffset(), State.Cancelled,
                    TurnErrors.ReasonOf(last.Failed.Error));
                await queue.StopAsync(TenantTurn.OfCaller(name));
                return await GetAsync(name);
            }
        }
    }
}
