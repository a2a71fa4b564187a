using FaultMaven.Data.Intake;
using FaultMaven.Data.Intake.Bytes;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Proto.Evidence> CreateEvidence(Proto.CreateEvidenceRequest request, ServerCallContext context)
    {
        var upload = ParseUpload(
            new() { Parent = request.Parent, FileName = request.FileName, Type = request.Type, RequestId = request.RequestId }, "");

        await cases.EnsureOpenAsync(upload.Case, context.CancellationToken);

        return ToAnswer(await intake.TakeAsync(upload, OnePiece(request.Content.Memory), IntakeObserver.None, context.CancellationToken));
    }

    private static NextPiece OnePiece(ReadOnlyMemory<byte> content) => _ =>
    {
        var piece = content;
        content = ReadOnlyMemory<byte>.Empty;

        return ValueTask.FromResult(piece);
    };
}
