using FaultMaven.Data.Intake;
using FaultMaven.Data.Intake.Bytes;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private const int MaxContentBytes = 3 << 20;

    public override async Task<Proto.Evidence> CreateEvidence(Proto.CreateEvidenceRequest request, ServerCallContext context)
    {
        var upload = ParseUpload(
            new() { Parent = request.Parent, FileName = request.FileName, Type = request.Type, RequestId = request.RequestId }, "");

        if (request.Content.Length > MaxContentBytes)
        {
            throw RpcFault.InvalidField("content", $"must not exceed {MaxContentBytes} bytes; UploadEvidence takes more");
        }

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
