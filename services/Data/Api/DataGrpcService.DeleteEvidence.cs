using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Requests;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Empty> DeleteEvidence(Proto.DeleteEvidenceRequest request, ServerCallContext context)
    {
        var isFound = await removal.RemoveAsync(
            ParseName(request.Name),
            evidence => EntityTag.EnsureMatch(request.Name, request.Etag, evidence.Etag),
            context.CancellationToken);

        return isFound || request.AllowMissing ? new Empty() : throw RpcFault.NotFound(ErrorReason.EvidenceNotFound, request.Name);
    }
}
