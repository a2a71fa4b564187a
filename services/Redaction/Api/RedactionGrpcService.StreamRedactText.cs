using System.Runtime.CompilerServices;
using FaultMaven.Redaction.Redacting;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

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
        var terms = await TermsOf(first.Scope, first.Policy, first.KeepPlaceholders, stop.Token);
        await using var redacted = redactor.RedactAsync(terms, Pieces(requestStream, stop.Token), stop.Token)
            .GetAsyncEnumerator(stop.Token);
        using var answers = new StreamAnswers(first, terms.Policy);
        while (await Redacting(terms.Policy, redacted.MoveNextAsync))
        {
            foreach (var answer in answers.Of(redacted.Current))
            {
                await responseStream.WriteAsync(answer, stop.Token);
            }
        }
    }

    // From the request that the reader has read already.
    private static async IAsyncEnumerable<TextPiece> Pieces(
        IAsyncStreamReader<Proto.StreamRedactTextRequest> requests, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        do
        {
            yield return ParsePiece(requests.Current);
        }
        while (await requests.MoveNext(cancellationToken));
    }

    private static TextPiece ParsePiece(Proto.StreamRedactTextRequest request)
    {
        if (request.Text.Length > 0 && !request.Utf8Text.IsEmpty)
        {
            throw RpcFault.InvalidField("utf8_text", "must not come together with text");
        }

        return new TextPiece(request.Text, request.Utf8Text.Memory, request.Flush);
    }
}
