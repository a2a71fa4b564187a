using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task WatchCase(Proto.WatchCaseRequest request, IServerStreamWriter<Proto.CaseEvent> responseStream, ServerCallContext context)
    {
        var name = ParseCaseName(request.Name, "name");
        if (request.AfterVersion < 0)
        {
            throw RpcFault.InvalidField("after_version", "must not be negative");
        }

        await GetStateAsync(name);

        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        await foreach (var caseEvent in log.WatchAsync(name, request.AfterVersion, stop.Token))
        {
            await responseStream.WriteAsync(caseEvent, stop.Token);
        }
    }
}
