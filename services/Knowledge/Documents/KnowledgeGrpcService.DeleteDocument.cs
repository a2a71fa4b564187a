using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    public override async Task<Empty> DeleteDocument(Proto.DeleteDocumentRequest request, ServerCallContext context)
    {
        var name = ParseName(request.Name);

        var etag = await InStoreAsync(() => store.DeleteAsync(name, request.Etag, context.CancellationToken));
        if (etag is null && !request.AllowMissing)
        {
            throw RpcFault.NotFound(ErrorReason.DocumentNotFound, request.Name);
        }

        return etag is null || request.Etag.Length == 0 || etag == request.Etag
            ? new Empty()
            : throw DocumentMapping.Conflict(request.Name, request.Etag, etag);
    }
}
