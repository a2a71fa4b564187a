using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task WatchCase(
        Proto.WatchCaseRequest request, IServerStreamWriter<Proto.CaseEvent> responseStream, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Name, "name");
        // An open stream would hold up shutdown until the client ends it.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        await foreach (var caseEvent in log.WatchAsync(name, request.AfterVersion, stop.Token))
        {
            await responseStream.WriteAsync(caseEvent, stop.Token);
        }

        // The watch ends by itself only where there is no case.
        throw NotFound(name);
    }
}
