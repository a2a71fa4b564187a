using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    public override async Task WatchTurn(Proto.WatchTurnRequest request, IServerStreamWriter<Proto.TurnEvent> responseStream,
        ServerCallContext context)
    {
        var name = ParseTurn(request.Name);
        await GetAsync(name);

        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        await foreach (var next in events.WatchAsync(name, request.AfterSequence, stop.Token))
        {
            await responseStream.WriteAsync(next, stop.Token);
        }
    }
}
