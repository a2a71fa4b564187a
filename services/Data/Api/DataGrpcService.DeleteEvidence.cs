using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Empty> DeleteEvidence(Proto.DeleteEvidenceRequest request, ServerCallContext context)
    {
        await removal.RemoveAsync(ParseName(request.Name), context.CancellationToken);

        return new Empty();
    }
}
