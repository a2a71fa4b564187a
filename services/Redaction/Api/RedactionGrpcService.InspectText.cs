using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionGrpcService
{
    public override async Task<Proto.InspectTextResponse> InspectText(Proto.InspectTextRequest request, ServerCallContext context)
    {
        using var admitted = await admission.EnterAsync([request.Text], context.CancellationToken);
        var policy = await PolicyOf(request.Policy, context.CancellationToken);

        var (findings, isDegraded) = await Redacting(policy, async () =>
            await redactor.InspectAsync(policy, request.Text, context.CancellationToken));

        return new Proto.InspectTextResponse { Findings = { findings.Select(finding => finding.ToProto("")) }, Policy = policy.Name,
            Degraded = isDegraded };
    }
}
