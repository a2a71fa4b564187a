using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionGrpcService
{
    public override async Task<Proto.RedactTextResponse> RedactText(Proto.RedactTextRequest request, ServerCallContext context)
    {
        using var admitted = await admission.EnterAsync([request.Text], context.CancellationToken);
        var terms = await TermsOf(request.Scope, request.Policy, request.KeepPlaceholders, context.CancellationToken);

        var redacted = await Redacting(terms.Policy, async () =>
            await redactor.RedactAsync(terms, [request.Text], context.CancellationToken));

        return redacted[0].ToProto(terms.Policy);
    }
}
