using FaultMaven.Data.Intake;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task<Proto.Evidence> UploadEvidence(
        IAsyncStreamReader<Proto.UploadEvidenceRequest> requestStream, ServerCallContext context)
    {
        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        if (!await requestStream.MoveNext(stop.Token) || requestStream.Current.Metadata is not { } metadata)
        {
            throw RpcFault.InvalidField("metadata", "must be set in the first request");
        }

        var upload = ParseUpload(metadata, "metadata.");

        return ToAnswer(await TakeAsync(
            context,
            upload,
            metadata,
            token => ReadChunkAsync(requestStream, token),
            () => cases.EnsureOpenAsync(upload.Case, stop.Token),
            IntakeObserver.None,
            stop.Token));
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadChunkAsync(
        IAsyncStreamReader<Proto.UploadEvidenceRequest> requests, CancellationToken cancellationToken)
    {
        while (await requests.MoveNext(cancellationToken))
        {
            if (requests.Current.PayloadCase is not Proto.UploadEvidenceRequest.PayloadOneofCase.Chunk)
            {
                throw RpcFault.InvalidField("chunk", "must be set in every request after the first");
            }

            if (!requests.Current.Chunk.IsEmpty)
            {
                return requests.Current.Chunk.Memory;
            }
        }

        return ReadOnlyMemory<byte>.Empty;
    }
}
