using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaultMaven.Gateway.Listening;

/// <summary>
/// HTTP/1.1 and HTTP/2 on one port. With TLS they are negotiated. Without, Kestrel takes one of them per endpoint; but an HTTP/2 client
/// opens with a preface that no HTTP/1.1 request begins with (RFC 9113, 3.4). So two endpoints share a socket here, and each gets the
/// connections that open in its protocol.
/// </summary>
public static class OneAddress
{
    /// <summary>Takes the addresses that the environment names (<c>ASPNETCORE_URLS</c>, <c>ASPNETCORE_HTTP_PORTS</c>).</summary>
    internal static void ListenOnOneAddress(this WebApplicationBuilder builder)
    {
        (IPEndPoint EndPoint, bool UsesTls)[] endpoints = [.. Urls(builder.Configuration).Select(ParseUrl)];

        // Kestrel warns of addresses that it is given twice.
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["urls"] = "", ["http_ports"] = "" });
        builder.Services.AddOneAddress([.. endpoints.Select(endpoint => endpoint.EndPoint)]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            foreach (var (endpoint, usesTls) in endpoints)
            {
                kestrel.ListenOnOneAddress(endpoint, usesTls);
            }
        });
    }

    /// <summary>
    /// Lets Kestrel use such addresses. If all of them are of this machine only, other names than its own are refused as <c>Host</c>:
    /// a web page whose name suddenly leads to 127.0.0.1 (DNS rebinding) would otherwise read and write here. The setting
    /// <c>AllowedHosts</c> replaces this.
    /// </summary>
    public static void AddOneAddress(this IServiceCollection services, params IPEndPoint[] endpoints)
    {
        services.AddSingleton<IConnectionListenerFactory, ProtocolListenerFactory>();
        services.AddOptions<HostFilteringOptions>().Configure<IConfiguration>((options, configuration) =>
        {
            options.IncludeFailureMessage = false;
            options.AllowedHosts = configuration["AllowedHosts"] is { Length: > 0 } allowed
                ? allowed.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : endpoints.All(endpoint => IPAddress.IsLoopback(endpoint.Address))
                    ? ["localhost", "127.0.0.1", "[::1]", .. endpoints.Select(HostOf)]
                    : ["*"];
        });
    }

    /// <summary>Listens at an address for both protocols, with TLS by the certificate of Kestrel's own settings.</summary>
    public static void ListenOnOneAddress(this KestrelServerOptions kestrel, IPEndPoint endpoint, bool usesTls)
    {
        if (usesTls)
        {
            kestrel.Listen(endpoint, listen =>
            {
                listen.Protocols = HttpProtocols.Http1AndHttp2;
                listen.UseHttps();
            });
            return;
        }

        var socket = new SharedSocket(endpoint, kestrel.Limits.KeepAliveTimeout);
        kestrel.Listen(new ProtocolEndPoint(socket, HttpProtocols.Http1), listen => listen.Protocols = HttpProtocols.Http1);
        kestrel.Listen(new ProtocolEndPoint(socket, HttpProtocols.Http2), listen => listen.Protocols = HttpProtocols.Http2);
    }

    private static string HostOf(IPEndPoint endpoint) => new UriBuilder("http", endpoint.Address.ToString()).Uri.Host;

    private static string[] Urls(ConfigurationManager configuration)
    {
        const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        if (configuration["urls"] is { Length: > 0 } urls)
        {
            return urls.Split(';', Options);
        }

        // Container images name ports only, and mean every address.
        return configuration["http_ports"] is { Length: > 0 } ports
            ? [.. ports.Split(';', Options).Select(port => $"http://*:{port}")]
            : ["http://localhost:7080"];
    }

    private static (IPEndPoint EndPoint, bool UsesTls) ParseUrl(string url)
    {
        var address = BindingAddress.Parse(url);
        var ip = address.Host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" or "+" => IPAddress.IPv6Any,
            var host => IPAddress.TryParse(host, out var parsed) ? parsed : IPAddress.IPv6Any,
        };
        return (new IPEndPoint(ip, address.Port), address.Scheme == Uri.UriSchemeHttps);
    }
}
