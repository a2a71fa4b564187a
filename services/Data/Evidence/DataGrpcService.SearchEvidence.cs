using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Evidence;

internal sealed partial class DataGrpcService
{
    private const int MaxSearchTextLength = 512;
    private const int DefaultMatches = 100;
    private const int MaxMatches = 1_000;

    public override async Task SearchEvidence(
        Proto.SearchEvidenceRequest request, IServerStreamWriter<Proto.SearchEvidenceResponse> responseStream, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);

        if (request.Text.Length is 0 or > MaxSearchTextLength)
        {
            throw RpcFault.InvalidField("text", $"must have 1 to {MaxSearchTextLength} characters");
        }

        var count = request.MaxMatches switch
        {
            < 0 => throw RpcFault.InvalidField("max_matches", "must not be negative"),
            0 => DefaultMatches,
            var matches => Math.Min(matches, MaxMatches),
        };

        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        await foreach (var match in search.FindAsync(parent, request.Text, stop.Token).Take(count))
        {
            await responseStream.WriteAsync(new() { Match = match }, stop.Token);
        }
    }
}
