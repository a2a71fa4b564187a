using System.Runtime.CompilerServices;
using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionGrpcService
{
    public override async Task StreamRestoreText(
        IAsyncStreamReader<Proto.StreamRestoreTextRequest> requestStream,
        IServerStreamWriter<Proto.StreamRestoreTextResponse> responseStream,
        ServerCallContext context)
    {
        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        if (!await requestStream.MoveNext(stop.Token))
        {
            return;
        }

        var scope = ParseScope(requestStream.Current.Scope);
        var count = 0;
        var unresolved = 0;
        try
        {
            await using var restored = restorer.RestoreAsync(scope, Pieces(requestStream, stop.Token), stop.Token)
                .GetAsyncEnumerator(stop.Token);
            while (await WithStore(restored.MoveNextAsync))
            {
                var piece = restored.Current;
                count += piece.RestoredCount;
                unresolved += piece.Unresolved.Count;
                await responseStream.WriteAsync(
                    new() { Text = piece.Text, RestoredCount = piece.RestoredCount, UnresolvedPlaceholders = { piece.Unresolved } },
                        stop.Token);
            }
        }
        finally
        {
            // Whatever ended it, what was restored has left.
            LogRestored(CallIdentity.Current.Principal.Subject, count, scope.Name, unresolved);
        }
    }

    // From the request that the reader has read already.
    private static async IAsyncEnumerable<string> Pieces(
        IAsyncStreamReader<Proto.StreamRestoreTextRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            yield return requests.Current.Text;
        }
        while (await requests.MoveNext(cancellationToken));
    }
}
