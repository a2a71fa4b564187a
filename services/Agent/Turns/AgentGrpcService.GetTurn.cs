using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override Task<Proto.Turn> GetTurn(Proto.GetTurnRequest request, ServerCallContext context) => GetAsync(ParseTurn(request.Name));
}
