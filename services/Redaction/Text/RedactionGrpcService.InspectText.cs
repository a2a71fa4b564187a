using Grpc.Core;

namespace FaultMaven.Redaction.Text;

internal sealed partial class RedactionGrpcService
{
    public override Task<Proto.InspectTextResponse> InspectText(Proto.InspectTextRequest request, ServerCallContext context)
    {
        CheckSize("text", MaxTextBytes, request.Text);

        var findings = redactor.Inspect(request.Text, context.CancellationToken);

        return Task.FromResult(new Proto.InspectTextResponse { Findings = { findings.Select(finding => finding.ToProto("")) } });
    }
}
