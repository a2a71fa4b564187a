using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Configuration;

namespace FaultMaven.Client;

/// <summary>Makes channels: connections that notice a server that is gone, retries where they are safe, and credentials.</summary>
public static class FaultMavenChannel
{
    private const string UnixScheme = "unix";

    /// <summary>A channel to an address; it connects on the first call.</summary>
    /// <exception cref="ArgumentException">
    /// The address is not http, https or unix, or would send a token over a network without TLS.
    /// </exception>
    public static GrpcChannel Create(FaultMavenClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var address = options.Address;
        if (address.Scheme is not ("http" or "https" or UnixScheme))
        {
            throw new ArgumentException($"{address} is not an address of http, https or unix.", nameof(options));
        }

        var channelOptions = new GrpcChannelOptions
        {
            HttpHandler = CreateHandler(address),
            DisposeHttpClient = true,
            MaxReceiveMessageSize = options.MaxAnswerSize,
            ServiceConfig = SafeRetries(options.MaxAttempts),
        };
        if (options.TokenProvider is { } provider)
        {
            UseToken(channelOptions, address, provider);
        }

        return GrpcChannel.ForAddress(address.Scheme == UnixScheme ? new Uri("http://localhost") : address, channelOptions);
    }

    private static SocketsHttpHandler CreateHandler(Uri address)
    {
        // The pings notice a server that went away without closing while a stream is open.
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(20),
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        };
        if (address.Scheme == UnixScheme)
        {
            var endpoint = new UnixDomainSocketEndPoint(address.LocalPath);
            handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(endpoint, cancellationToken);
        }

        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(UnixDomainSocketEndPoint endpoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(endpoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static ServiceConfig? SafeRetries(int maxAttempts)
    {
        if (maxAttempts < 2)
        {
            return null;
        }

        var repeatable = new MethodConfig
        {
            RetryPolicy = new RetryPolicy
            {
                MaxAttempts = Math.Min(maxAttempts, 5),
                InitialBackoff = TimeSpan.FromSeconds(0.5),
                MaxBackoff = TimeSpan.FromSeconds(5),
                BackoffMultiplier = 2,
                RetryableStatusCodes = { StatusCode.Unavailable },
            },
        };
        foreach (var name in RepeatableMethods.OfOneRequest)
        {
            repeatable.Names.Add(name);
        }

        return new ServiceConfig { MethodConfigs = { repeatable } };
    }

    private static void UseToken(GrpcChannelOptions options, Uri address, Func<CancellationToken, ValueTask<string?>> provider)
    {
        var isSecure = address.Scheme == Uri.UriSchemeHttps;
        var isHere = address.Scheme == UnixScheme || address.Host == "localhost"
            || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
        if (!isSecure && !isHere)
        {
            throw new ArgumentException($"A token is not sent to {address} without TLS; use https.", nameof(address));
        }

        var fromProvider = CallCredentials.FromInterceptor(async (context, metadata) =>
        {
            if (await provider(context.CancellationToken).ConfigureAwait(false) is { } token)
            {
                metadata.Add("authorization", $"Bearer {token}");
            }
        });
        options.Credentials = ChannelCredentials.Create(
            isSecure ? ChannelCredentials.SecureSsl : ChannelCredentials.Insecure, fromProvider);
        options.UnsafeUseInsecureChannelCallCredentials = !isSecure;
    }
}
