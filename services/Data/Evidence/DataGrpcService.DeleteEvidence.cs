using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Evidence;

internal sealed partial class DataGrpcService
{
    public override async Task<Empty> DeleteEvidence(Proto.DeleteEvidenceRequest request, ServerCallContext context)
    {
        var name = ParseName(request.Name);

        if (await store.FindAsync(name, context.CancellationToken) is { } evidence)
        {
            // The text goes first: if we end in between, a second call finds the record and finishes.
            blobs.Delete(name, evidence.ContentSha256);
            await store.DeleteAsync(name, evidence.ContentSha256);
        }

        return new Empty();
    }
}
