using System.Runtime.CompilerServices;
using Grpc.Core;

namespace FaultMaven.Redaction.Text;

internal sealed partial class RedactionGrpcService
{
    public override async Task StreamRedactText(
        IAsyncStreamReader<Proto.StreamRedactTextRequest> requestStream,
        IServerStreamWriter<Proto.StreamRedactTextResponse> responseStream,
        ServerCallContext context)
    {
        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        if (!await requestStream.MoveNext(stop.Token))
        {
            return;
        }

        var first = requestStream.Current;
        var terms = await TermsOf(first.Scope, first.Policy, first.Raw, stop.Token);
        await using var redacted = redactor.RedactAsync(terms, Pieces(requestStream, stop.Token), stop.Token).GetAsyncEnumerator(stop.Token);
        while (await Redacting(terms.Policy, redacted.MoveNextAsync))
        {
            await responseStream.WriteAsync(redacted.Current.ToStreamProto(terms.Policy), stop.Token);
        }
    }

    // From the request that the reader already stands on.
    private static async IAsyncEnumerable<string> Pieces(
        IAsyncStreamReader<Proto.StreamRedactTextRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            CheckSize("text", MaxPieceBytes, requests.Current.Text);
            yield return requests.Current.Text;
        }
        while (await requests.MoveNext(cancellationToken));
    }
}
