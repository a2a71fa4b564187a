using System.Text;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Data.Tests.Hosting;

/// <summary>What tests do to a Data service, in a word.</summary>
internal static class DataClientExtensions
{
    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string NewCase() => $"cases/{Guid.NewGuid():N}";

    extension(DataService.DataServiceClient client)
    {
        public Task<Proto.Evidence> UploadAsync(
            string parent, string fileName, string text, EvidenceType type = EvidenceType.Unspecified) =>
            client.UploadAsync(parent, fileName, Encoding.UTF8.GetBytes(text), type);

        public Task<Proto.Evidence> UploadAsync(
            string parent, string fileName, byte[] bytes, EvidenceType type = EvidenceType.Unspecified, int chunkSize = 1 << 16) =>
            client.UploadAsync(parent, fileName, bytes.Chunk(chunkSize), type);

        public async Task<Proto.Evidence> UploadAsync(
            string parent, string fileName, IEnumerable<byte[]> chunks, EvidenceType type = EvidenceType.Unspecified)
        {
            using var call = client.UploadEvidence(cancellationToken: Cancel);

            try
            {
                await call.RequestStream.WriteAsync(
                    new() { Metadata = new() { Parent = parent, FileName = fileName, Type = type } }, Cancel);

                foreach (var chunk in chunks)
                {
                    await call.RequestStream.WriteAsync(new() { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) }, Cancel);
                }

                await call.RequestStream.CompleteAsync();
            }
            catch (Exception exception) when (exception is InvalidOperationException or RpcException)
            {
                // The service has ended the call; its answer says why.
            }

            return await call;
        }

        public async Task<IReadOnlyList<string>> ReadAllLinesAsync(string name) =>
            [
                .. (await client.ReadEvidenceLinesAsync(
                    new() { Name = name, StartLine = 1, EndLine = 2_000 }, cancellationToken: Cancel)).Lines];

        public async Task<IReadOnlyList<Citation>> SearchAsync(string parent, string text, int maxResults = 0) =>
            [
                .. (await client.SearchAsync(new() { Parent = parent, Text = text, MaxResults = maxResults }))
                    .Select(response => response.Match)];

        public async Task<IReadOnlyList<SearchEvidenceResponse>> SearchAsync(SearchEvidenceRequest request)
        {
            using var call = client.SearchEvidence(request, cancellationToken: Cancel);

            return await call.ResponseStream.ReadAllAsync(Cancel).ToListAsync(Cancel);
        }

        /// <summary>The last of the stream's responses, which holds the timeline.</summary>
        public async Task<EvidenceTimeline> QueryAsync(QueryEvidenceTimelineRequest request)
        {
            using var call = client.QueryEvidenceTimeline(request, cancellationToken: Cancel);

            return (await call.ResponseStream.ReadAllAsync(Cancel).LastAsync(Cancel)).Timeline;
        }

        /// <summary>The last of the stream's responses, which holds the evidence.</summary>
        public async Task<Proto.Evidence> ReclassifyAsync(ReclassifyEvidenceRequest request)
        {
            using var call = client.ReclassifyEvidence(request, cancellationToken: Cancel);

            return (await call.ResponseStream.ReadAllAsync(Cancel).LastAsync(Cancel)).Evidence;
        }
    }

    /// <summary>The reason that the error of one file among others has.</summary>
    public static ErrorReason Reason(this Google.Rpc.Status status) => RpcFault.ReasonOf(status.ToRpcException());

    /// <summary>Asserts that a call fails with this code and reason.</summary>
    public static async Task<RpcException> FailsAsync(StatusCode code, ErrorReason reason, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);

        Assert.Equal((code, reason), (exception.StatusCode, RpcFault.ReasonOf(exception)));

        return exception;
    }
}
