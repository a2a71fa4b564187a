using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Evidence;

internal sealed partial class DataGrpcService
{
    public override async Task<Empty> DeleteEvidence(Proto.DeleteEvidenceRequest request, ServerCallContext context)
    {
        await removal.RemoveAsync(ParseName(request.Name), context.CancellationToken);

        return new Empty();
    }
}
