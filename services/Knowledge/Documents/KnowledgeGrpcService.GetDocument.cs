using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    public override async Task<Proto.Document> GetDocument(Proto.GetDocumentRequest request, ServerCallContext context)
    {
        var name = ParseName(request.Name);

        var document = await InStoreAsync(() => store.FindAsync(name, context.CancellationToken))
            ?? throw RpcFault.NotFound(ErrorReason.DocumentNotFound, request.Name);

        return document.ToProto();
    }
}
