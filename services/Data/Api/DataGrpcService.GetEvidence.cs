using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override Task<Proto.Evidence> GetEvidence(Proto.GetEvidenceRequest request, ServerCallContext context) =>
        FindAsync(ParseName(request.Name), context.CancellationToken);
}
