using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Redaction.Text;

internal sealed partial class RedactionGrpcService
{
    private const int MaxTexts = 1000;

    public override async Task<Proto.BatchRedactTextResponse> BatchRedactText(Proto.BatchRedactTextRequest request, ServerCallContext context)
    {
        var scope = ParseScope(request.Scope);
        if (request.Texts.Count > MaxTexts)
        {
            throw RpcFault.InvalidField("texts", $"must not hold more than {MaxTexts} texts");
        }

        CheckSize("texts", MaxTextBytes, request.Texts);

        var redacted = await WithStore(async () => await redactor.RedactAsync(scope, request.Texts, context.CancellationToken));

        return new Proto.BatchRedactTextResponse { Results = { redacted.Select(text => text.ToProto()) } };
    }
}
