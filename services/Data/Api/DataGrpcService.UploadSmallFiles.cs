using FaultMaven.Data.Intake;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Validation;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private const int MaxFiles = 10;
    private const int MaxContentBytes = 3 << 20;

    public override async Task<Proto.UploadSmallFilesResponse> UploadSmallFiles(
        Proto.UploadSmallFilesRequest request, ServerCallContext context)
    {
        var uploads = ParseFiles(request);
        await cases.EnsureOpenAsync(ParseParent(request.Parent), context.CancellationToken);
        var response = new Proto.UploadSmallFilesResponse();

        // Each file is a change of its own, so a request that is cut off and repeated takes up where it was.
        var id = RequestEntry.Current?.DeriveId();
        foreach (var (index, (upload, metadata, content)) in uploads.Index())
        {
            var fileId = upload.RequestId.Length > 0 ? $"file:{upload.RequestId}" : id is null ? "" : $"file:{id}:{index}";
            var result = await TakeAsync(
                context,
                upload with { RequestId = fileId },
                metadata,
                OnePiece(content.Memory),
                () => Task.CompletedTask,
                IntakeObserver.None,
                context.CancellationToken);
            response.Results.Add(ToResult(result));
        }

        return response;
    }

    // A file need not name the case that the request names.
    private static (IMessage File, string Path) InCase(Proto.CreateEvidenceRequest file, CaseName parent, int index)
    {
        var named = file;
        if (file.Parent.Length == 0)
        {
            named = file.Clone();
            named.Parent = $"{parent}";
        }

        return (named, $"requests[{index}].");
    }

    /// <summary>All of the files are looked at before any of them is stored.</summary>
    private static List<(Upload Upload, Proto.EvidenceMetadata Metadata, ByteString Content)> ParseFiles(
        Proto.UploadSmallFilesRequest request)
    {
        var parent = ParseParent(request.Parent);
        if (RequestRules.FaultOf([.. request.Requests.Index().Select(file => InCase(file.Item, parent, file.Index))]) is { } fault)
        {
            throw fault;
        }

        if (request.Requests.Sum(file => (long)file.Content.Length) > MaxContentBytes)
        {
            throw RpcFault.InvalidField("requests", $"must not exceed {MaxContentBytes} bytes together; ImportEvidence takes more");
        }

        return [.. request.Requests.Select((file, index) =>
        {
            if (file.Parent.Length > 0 && file.Parent != request.Parent)
            {
                throw RpcFault.InvalidField($"requests[{index}].parent", "must be the parent of this request, or empty");
            }

            var metadata = new Proto.EvidenceMetadata
            {
                Parent = $"{parent}",
                FileName = file.FileName,
                Type = file.Type,
                RequestId = file.RequestId,
            };

            return (ParseUpload(metadata, $"requests[{index}]."), metadata, file.Content);
        })];
    }
}
