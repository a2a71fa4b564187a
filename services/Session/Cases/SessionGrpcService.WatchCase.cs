using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task WatchCase(
        Proto.WatchCaseRequest request, IServerStreamWriter<Proto.CaseEvent> responseStream, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Name, "name");
        if (request.AfterVersion < 0)
        {
            throw RpcFault.InvalidField("after_version", "must not be negative");
        }

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
