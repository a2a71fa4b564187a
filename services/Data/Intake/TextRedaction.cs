using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Has the Redaction service redact text from outside, in which all that looks like a placeholder is a value. If it cannot, the upload
/// fails: nothing is stored unredacted.
/// </summary>
internal sealed class TextRedaction(RedactionService.RedactionServiceClient client, IOptions<IntakeOptions> options, TimeProvider time)
{
    public Task<RedactTextResponse> RedactAsync(CaseName scope, string text, CancellationToken cancellationToken) =>
        Translate(() =>
            client.RedactTextAsync(new() { Scope = $"{scope}", Text = text }, cancellationToken: cancellationToken).ResponseAsync);

    /// <summary>Redacts a question about evidence, in which placeholders of the case stay what they are.</summary>
    public async Task<string> RedactQuestionAsync(CaseName scope, string text, CancellationToken cancellationToken) =>
        (await Translate(() => client
            .RedactTextAsync(new() { Scope = $"{scope}", Text = text, KeepPlaceholders = true }, cancellationToken: cancellationToken)
            .ResponseAsync)).Text;

    /// <summary>Redacts a text of any length: sends pieces while it receives others, and holds few of either.</summary>
    /// <param name="scope">The case.</param>
    /// <param name="pieces">The text in UTF-8; none ends inside a character, and each is valid until the next is asked for.</param>
    /// <param name="receive">Takes what comes back, in order: text in UTF-8, and how much was found of each type. Redaction waits while it
    /// works.</param>
    /// <param name="cancellationToken">Breaks the call off.</param>
    public Task RedactAsync(
        CaseName scope,
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces,
        Func<StreamRedactTextResponse, CancellationToken, ValueTask> receive,
        CancellationToken cancellationToken) =>
        Translate(async () =>
        {
            await StreamAsync(scope, pieces, receive, cancellationToken);

            return true;
        });

    private static async Task<T> Translate<T>(Func<Task<T>> call)
    {
        try
        {
            return await ServiceCall.To(ResourceNames.Redaction, ErrorReason.RedactionUnavailable, call);
        }
        catch (RpcException exception) when (RpcFault.ReasonOf(exception) is ErrorReason.StoreUnavailable)
        {
            throw Unavailable("The redaction service cannot reach its store; retry.");
        }
        catch (TimeoutException)
        {
            throw Unavailable("The redaction service stopped responding; retry.");
        }
    }

    private async Task StreamAsync(
        CaseName scope,
        IAsyncEnumerable<ReadOnlyMemory<byte>> pieces,
        Func<StreamRedactTextResponse, CancellationToken, ValueTask> receive,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call =
            client.StreamRedactText(deadline: (time.GetUtcNow() + options.Value.RedactionTimeout).UtcDateTime,
            cancellationToken: stop.Token);

        // Both sides run at once: each waits for the other when the window between them is full.
        var sending = SendAsync(call.RequestStream, scope, pieces, stop.Token);
        var receiving = ReceiveAsync(call.ResponseStream, receive, stop.Token);
        var first = await Task.WhenAny(sending, receiving);

        try
        {
            await first;
            await Patiently(receiving, cancellationToken);
        }
        catch
        {
            // The first failure is the reason; the other side fails in its wake.
            await stop.CancelAsync();
            await Task.WhenAll(sending, receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        var sent = await sending ?? throw Unavailable("The redaction service ended before it had all of the text; retry.");
        if (sent > 0 && !await receiving)
        {
            throw IsOlder();
        }
    }

    /// <returns>How many bytes were sent, or null if Redaction took no more.</returns>
    private async Task<long?> SendAsync(
        IClientStreamWriter<StreamRedactTextRequest> requests, CaseName scope, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces,
        CancellationToken cancellationToken)
    {
        var request = new StreamRedactTextRequest { Scope = $"{scope}", Utf8Responses = true, CountsOnly = true };

        var sent = 0L;
        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            sent += piece.Length;
            request.Utf8Text = UnsafeByteOperations.UnsafeWrap(piece);

            if (!await TryWriteAsync(requests, request, cancellationToken))
            {
                return null;
            }

            request = new StreamRedactTextRequest();
        }

        await requests.CompleteAsync();

        return sent;
    }

    /// <returns>False if Redaction has ended the call. Why, the reading side gets to know.</returns>
    private async Task<bool> TryWriteAsync(
        IClientStreamWriter<StreamRedactTextRequest> requests, StreamRedactTextRequest request, CancellationToken cancellationToken)
    {
        try
        {
            await Patiently(requests.WriteAsync(request, cancellationToken), cancellationToken);

            return true;
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <returns>Whether anything was received.</returns>
    private static async Task<bool> ReceiveAsync(
        IAsyncStreamReader<StreamRedactTextResponse> responses,
        Func<StreamRedactTextResponse, CancellationToken, ValueTask> receive,
        CancellationToken cancellationToken)
    {
        var hasReceived = false;
        await foreach (var response in responses.ReadAllAsync(cancellationToken))
        {
            if (!response.Screened)
            {
                throw IsOlder();
            }

            hasReceived = true;
            await receive(response, cancellationToken);
        }

        return hasReceived;
    }

    /// <summary>Dead connections are found by pings; this finds a service that lives and does nothing.</summary>
    /// <exception cref="TimeoutException">It did nothing for too long.</exception>
    private Task Patiently(Task task, CancellationToken cancellationToken) =>
        task.WaitAsync(options.Value.RedactionPatience, time, cancellationToken);

    // One that doesn't screen yet doesn't read UTF-8 either, so all of the text would be lost.
    private static RpcException IsOlder() => Unavailable("The redaction service is older than the data service; update it, then retry.");

    private static RpcException Unavailable(string message) =>
        RpcFault.Unavailable(ErrorReason.RedactionUnavailable, message, ("service", ResourceNames.Redaction));
}
