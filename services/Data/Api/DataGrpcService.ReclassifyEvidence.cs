using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private const int MaxRequesterLength = 255;

    public override async Task<Proto.Evidence> ReclassifyEvidence(Proto.ReclassifyEvidenceRequest request, ServerCallContext context)
    {
        var name = ParseName(request.Name);
        var type = ParseType(request.Type, "type");

        if (request.RequestedBy.Length > MaxRequesterLength)
        {
            throw RpcFault.InvalidField("requested_by", $"must not exceed {MaxRequesterLength} characters");
        }

        return ToAnswer(await reclassification.ReclassifyAsync(name, type, request.RequestedBy, context.CancellationToken)
            ?? throw RpcFault.NotFound(ErrorReason.EvidenceNotFound, request.Name));
    }
}
