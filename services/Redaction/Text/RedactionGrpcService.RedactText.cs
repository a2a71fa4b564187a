using Grpc.Core;

namespace FaultMaven.Redaction.Text;

internal sealed partial class RedactionGrpcService
{
    public override async Task<Proto.RedactTextResponse> RedactText(Proto.RedactTextRequest request, ServerCallContext context)
    {
        var scope = ParseScope(request.Scope);
        CheckSize("text", MaxTextBytes, request.Text);

        var redacted = await WithStore(async () => await redactor.RedactAsync(scope, [request.Text], context.CancellationToken));

        return redacted[0].ToProto();
    }
}
