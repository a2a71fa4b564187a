using FaultMaven.Data.Intake;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private const int MaxFiles = 10;

    public override async Task<Proto.BatchCreateEvidenceResponse> BatchCreateEvidence(
        Proto.BatchCreateEvidenceRequest request, ServerCallContext context)
    {
        var uploads = ParseBatch(request);
        var response = new Proto.BatchCreateEvidenceResponse();

        foreach (var (upload, content) in uploads)
        {
            response.Results.Add(ToResult(await intake.TakeAsync(upload, OnePiece(content.Memory), IntakeObserver.None, context.CancellationToken)));
        }

        return response;
    }

    /// <summary>All of the batch is looked at before any of it is stored.</summary>
    private static List<(Upload Upload, Google.Protobuf.ByteString Content)> ParseBatch(Proto.BatchCreateEvidenceRequest request)
    {
        var parent = ParseParent(request.Parent);

        if (request.Requests.Count is 0 or > MaxFiles)
        {
            throw RpcFault.InvalidField("requests", $"must hold 1 to {MaxFiles} files");
        }

        if (request.Requests.Sum(file => (long)file.Content.Length) > MaxContentBytes)
        {
            throw RpcFault.InvalidField("requests", $"must not exceed {MaxContentBytes} bytes together; ImportEvidence takes more");
        }

        return [.. request.Requests.Select((file, index) =>
        {
            if (file.Parent.Length > 0 && file.Parent != request.Parent)
            {
                throw RpcFault.InvalidField($"requests[{index}].parent", "must be the parent of the batch, or empty");
            }

            return (ParseUpload(new() { Parent = $"{parent}", FileName = file.FileName, Type = file.Type }, $"requests[{index}]."), file.Content);
        })];
    }
}
