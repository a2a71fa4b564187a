using Grpc.Core;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Evidence;

internal sealed partial class DataGrpcService
{
    public override Task<Proto.Evidence> GetEvidence(Proto.GetEvidenceRequest request, ServerCallContext context) =>
        FindAsync(ParseName(request.Name), context.CancellationToken);
}
