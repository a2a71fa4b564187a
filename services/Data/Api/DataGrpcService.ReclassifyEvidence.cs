using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task ReclassifyEvidence(
        Proto.ReclassifyEvidenceRequest request,
        IServerStreamWriter<Proto.ReclassifyEvidenceResponse> responseStream,
        ServerCallContext context)
    {
        var name = ParseName(request.Name);

        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        using var content = new RequestContent(request);
        await responseStream.WriteAsync(
            await ledger.RunAsync(context, RequestId.Parse(request.RequestId), content, RunAsync), stop.Token);

        async Task<Proto.ReclassifyEvidenceResponse> RunAsync()
        {
            await cases.EnsureOpenAsync(name.Case, stop.Token);
            using var place = await reads.EnterAsync(stop.Token);
            var result = await reclassification.ReclassifyAsync(
                name,
                request.Type,
                request.RequestedBy,
                evidence => EntityTag.EnsureMatch(request.Name, request.Etag, evidence.Etag),
                Answer,
                async progress => await responseStream.WriteAsync(new() { Progress = progress }, stop.Token),
                stop.Token);

            return Answer(ToAnswer(result ?? throw RpcFault.NotFound(ErrorReason.EvidenceNotFound, request.Name)));
        }

        static Proto.ReclassifyEvidenceResponse Answer(Proto.Evidence evidence) => new() { Evidence = evidence };
    }
}
