using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaultMaven.Gateway.Listening;

/// <summary>A listening socket whose connections are sorted by the protocol that they open in.</summary>
/// <param name="wanted">Where to listen; port 0 takes a free one.</param>
/// <param name="timeToOpen">How long a connection may say nothing, as long as an idle one is kept.</param>
internal sealed class SharedSocket(IPEndPoint wanted, TimeSpan timeToOpen) : IAsyncDisposable
{
    private readonly Channel<ConnectionContext> _http1 = Channel.CreateUnbounded<ConnectionContext>();
    private readonly Channel<ConnectionContext> _http2 = Channel.CreateUnbounded<ConnectionContext>();
    private readonly CancellationTokenSource _unbound = new();
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;

    // RFC 9113, 3.4.
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    public IPEndPoint Wanted => wanted;

    public EndPoint EndPoint => _listener?.EndPoint ?? wanted;

    public ChannelReader<ConnectionContext> ConnectionsOf(HttpProtocols protocol) =>
        (protocol == HttpProtocols.Http2 ? _http2 : _http1).Reader;

    /// <summary>Binds the socket, for the first of its protocols.</summary>
    public async Task BindAsync(IConnectionListenerFactory sockets, CancellationToken cancellationToken)
    {
        if (_listener is null)
        {
            _listener = await sockets.BindAsync(wanted, cancellationToken);
            _accepting = AcceptAsync(_listener);
        }
    }

    /// <summary>Accepts no more connections; those that were handed on live on.</summary>
    public async ValueTask UnbindAsync(CancellationToken cancellationToken)
    {
        if (_listener is not { } listener)
        {
            return;
        }

        await listener.UnbindAsync(cancellationToken);
        await _unbound.CancelAsync();
        _http1.Writer.TryComplete();
        _http2.Writer.TryComplete();
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync(CancellationToken.None);
        await _accepting;
        if (_listener is { } listener)
        {
            await listener.DisposeAsync();
        }
    }

    private async Task AcceptAsync(IConnectionListener listener)
    {
        while (await listener.AcceptAsync(CancellationToken.None) is { } connection)
        {
            _ = SortAsync(connection);
        }
    }

    private async Task SortAsync(ConnectionContext connection)
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(_unbound.Token);
            patience.CancelAfter(timeToOpen);
            var channel = await OpensInHttp2Async(connection.Transport.Input, patience.Token) ? _http2 : _http1;
            if (channel.Writer.TryWrite(connection))
            {
                return;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // It sent nothing, or went away; nothing else holds it yet.
        }

        connection.Abort();
        await connection.DisposeAsync();
    }

    private static async Task<bool> OpensInHttp2Async(PipeReader input, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken);
            var seen = (int)Math.Min(read.Buffer.Length, Preface.Length);
            var matches = Matches(read.Buffer.Slice(0, seen));
            if (!matches || seen == Preface.Length || read.IsCompleted)
            {
                // All of it is left to the protocol, which reads it anew.
                input.AdvanceTo(read.Buffer.Start);
                return matches && seen == Preface.Length;
            }

            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static bool Matches(ReadOnlySequence<byte> opening)
    {
        Span<byte> bytes = stackalloc byte[Preface.Length];
        opening.CopyTo(bytes);
        return Preface.StartsWith(bytes[..(int)opening.Length]);
    }
}
