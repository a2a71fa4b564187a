using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Empty> DeleteCase(Proto.DeleteCaseRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Name, "name");

        var deleted = await log.DeleteAsync(
            name, state => EntityTag.EnsureMatch(request.Name, request.Etag, state.ETag), context.CancellationToken);

        return deleted || request.AllowMissing ? new Empty() : throw NotFound(name);
    }
}
