using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionGrpcService
{
    public override async Task<Proto.BatchRedactTextResponse> BatchRedactText(Proto.BatchRedactTextRequest request,
        ServerCallContext context)
    {
        using var admitted = await admission.EnterAsync(request.Texts, context.CancellationToken);
        var terms = await TermsOf(request.Scope, request.Policy, request.KeepPlaceholders, context.CancellationToken);

        var redacted = await Redacting(terms.Policy, async () =>
            await redactor.RedactAsync(terms, request.Texts, context.CancellationToken));

        return new Proto.BatchRedactTextResponse { Results = { redacted.Select(text => text.ToProto(terms.Policy)) } };
    }
}
