using FaultMaven.Cli.Pipes;
using FaultMaven.Protos.Redaction.V1;
using Grpc.Core;
using static FaultMaven.Protos.Redaction.V1.RedactionService;

namespace FaultMaven.Cli.Redact;

/// <summary>Redacts a text of any length piece by piece.</summary>
internal static class StreamedRedaction
{
    /// <param name="redaction">The service.</param>
    /// <param name="scope">The scope of the placeholders.</param>
    /// <param name="policy">The policy; empty for the server's.</param>
    /// <param name="pieces">The text, cut between characters, each piece at most 1 MiB in UTF-8.</param>
    /// <param name="take">Receives the redacted pieces in order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(
        RedactionServiceClient redaction,
        string scope,
        string policy,
        IAsyncEnumerable<string> pieces,
        Func<StreamRedactTextResponse, CancellationToken, Task> take,
        CancellationToken cancellationToken)
    {
        using var call = redaction.StreamRedactText(cancellationToken: cancellationToken);
        await BothWays.RunAsync(SendAsync, ReceiveAsync, cancellationToken);

        async Task SendAsync(CancellationToken token)
        {
            await call.RequestStream.WriteAsync(new() { Scope = scope, Policy = policy }, token);
            await foreach (var piece in pieces.WithCancellation(token))
            {
                await call.RequestStream.WriteAsync(new() { Text = piece }, token);
            }

            await call.RequestStream.CompleteAsync();
        }

        async Task ReceiveAsync(CancellationToken token)
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync(token))
            {
                await take(response, token);
            }
        }
    }
}
