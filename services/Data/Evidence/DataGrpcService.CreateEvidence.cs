using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Evidence;

internal sealed partial class DataGrpcService
{
    private const int MaxContentBytes = 3 << 20;

    public override async Task<Proto.Evidence> CreateEvidence(Proto.CreateEvidenceRequest request, ServerCallContext context)
    {
        var upload = ParseUpload(new() { Parent = request.Parent, FileName = request.FileName, Type = request.Type }, "");

        if (request.Content.Length > MaxContentBytes)
        {
            throw RpcFault.InvalidField("content", $"must not exceed {MaxContentBytes} bytes; UploadEvidence takes more");
        }

        var rest = request.Content.Memory;

        return ToAnswer(await intake.TakeAsync(upload, TakeRest, context.CancellationToken));

        ValueTask<ReadOnlyMemory<byte>> TakeRest(CancellationToken cancellationToken)
        {
            var piece = rest;
            rest = ReadOnlyMemory<byte>.Empty;

            return ValueTask.FromResult(piece);
        }
    }
}
