using FaultMaven.Cli.Pipes;
using FaultMaven.Protos.Redaction.V1;
using Grpc.Core;
using static FaultMaven.Protos.Redaction.V1.RedactionService;

namespace FaultMaven.Cli.Redact;

/// <summary>Redacts a text of any length piece by piece.</summary>
internal static class StreamedRedaction
{
    // How long no more text has to come before what waits is asked for: longer than a program needs between two writes of the same output.
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    /// <param name="redaction">The service.</param>
    /// <param name="scope">The scope of the placeholders.</param>
    /// <param name="policy">The policy; empty for the server's.</param>
    /// <param name="pieces">The text, cut between characters, each piece at most 1 MiB in UTF-8.</param>
    /// <param name="live">The clock if the text is written while it is read, so that a pause flushes it; null if it is all there.</param>
    /// <param name="take">Receives the redacted pieces in order.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RunAsync(
        RedactionServiceClient redaction,
        string scope,
        string policy,
        IAsyncEnumerable<string> pieces,
        TimeProvider? live,
        Func<StreamRedactTextResponse, CancellationToken, Task> take,
        CancellationToken cancellationToken)
    {
        using var call = redaction.StreamRedactText(cancellationToken: cancellationToken);
        await BothWays.RunAsync(SendAsync, ReceiveAsync, cancellationToken);

        async Task SendAsync(CancellationToken token)
        {
            await call.RequestStream.WriteAsync(new() { Scope = scope, Policy = policy }, token);
            await using var reading = pieces.GetAsyncEnumerator(token);
            var next = reading.MoveNextAsync().AsTask();
            while (await next)
            {
                await call.RequestStream.WriteAsync(new() { Text = reading.Current }, token);
                next = reading.MoveNextAsync().AsTask();
                if (live is not null && await Task.WhenAny(next, Task.Delay(s_pause, live, token)) != next)
                {
                    await call.RequestStream.WriteAsync(new() { Flush = true }, token);
                }
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
