using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task MineTemplates(
        IAsyncStreamReader<Proto.MineTemplatesRequest> requestStream,
        IServerStreamWriter<Proto.MineTemplatesResponse> responseStream,
        ServerCallContext context)
    {
        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);

        await mineTemplates.RunAsync(requestStream, responseStream, stop.Token);
    }
}
