using FaultMaven.Data.Intake;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task ImportEvidence(
        IAsyncStreamReader<Proto.ImportEvidenceRequest> requestStream,
        IServerStreamWriter<Proto.ImportEvidenceResponse> responseStream,
        ServerCallContext context)
    {
        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var requests = new ImportRequests(requestStream);
        var parent = default(CaseName?);
        var isOpen = false;

        for (var index = 0; await requests.NextFileAsync(stop.Token) is { } metadata; index++)
        {
            var upload = ParseUpload(metadata, "metadata.");

            parent ??= upload.Case;

            if (index == MaxFiles || upload.Case != parent)
            {
                throw index == MaxFiles
                    ? RpcFault.InvalidField("metadata", $"must be set at most {MaxFiles} times in a call")
                    : RpcFault.InvalidField("metadata.parent", "must be the same for all files of a call");
            }

            var result = await TakeAsync(
                context, upload, metadata, requests.ReadChunkAsync, EnsureOpenAsync, ObserverOf(responseStream, index), stop.Token);
            await responseStream.WriteAsync(new() { FileIndex = index, Result = ToResult(result) }, stop.Token);
        }

        async Task EnsureOpenAsync()
        {
            if (!isOpen)
            {
                await cases.EnsureOpenAsync(parent.Value, stop.Token);
                isOpen = true;
            }
        }
    }

    private static IntakeObserver ObserverOf(IServerStreamWriter<Proto.ImportEvidenceResponse> responses, int index) => new(
        async (progress, stop) => await responses.WriteAsync(new() { FileIndex = index, Progress = progress }, stop),
        async (result, stop) => await responses.WriteAsync(new() { FileIndex = index, EntryResult = ToResult(result) }, stop));

    /// <summary>The requests of a call, file by file.</summary>
    private sealed class ImportRequests(IAsyncStreamReader<Proto.ImportEvidenceRequest> requests)
    {
        private Proto.EvidenceMetadata? _next;
        private bool _hasBegun;
        private bool _hasEnded;

        /// <summary>The next file; null if there is none. What was not read of the file before is passed over.</summary>
        public async Task<Proto.EvidenceMetadata?> NextFileAsync(CancellationToken cancellationToken)
        {
            while (!(await ReadChunkAsync(cancellationToken)).IsEmpty)
            {
                if (!_hasBegun)
                {
                    throw RpcFault.InvalidField("metadata", "must come before the bytes of a file");
                }
            }

            _hasBegun = true;

            var next = _next;
            _next = null;

            return next;
        }

        /// <summary>The next bytes of the file; none at its end.</summary>
        public async ValueTask<ReadOnlyMemory<byte>> ReadChunkAsync(CancellationToken cancellationToken)
        {
            while (_next is null && !_hasEnded)
            {
                if (!await requests.MoveNext(cancellationToken))
                {
                    _hasEnded = true;
                }
                else if (requests.Current.PayloadCase is Proto.ImportEvidenceRequest.PayloadOneofCase.Metadata)
                {
                    _next = requests.Current.Metadata;
                }
                else if (!requests.Current.Chunk.IsEmpty)
                {
                    return requests.Current.Chunk.Memory;
                }
            }

            return ReadOnlyMemory<byte>.Empty;
        }
    }
}
