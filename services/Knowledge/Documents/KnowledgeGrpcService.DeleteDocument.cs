using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    public override async Task<Empty> DeleteDocument(Proto.DeleteDocumentRequest request, ServerCallContext context)
    {
        var name = ParseName(request.Name);

        await InStoreAsync(() => store.DeleteAsync(name, context.CancellationToken));

        return new Empty();
    }
}
