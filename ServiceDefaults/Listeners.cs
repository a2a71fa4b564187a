using System.Globalization;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.ServiceDefaults;

/// <summary>
/// Where a service listens. gRPC needs HTTP/2 and JSON and probes need HTTP/1.1; without TLS the two cannot share a port, so
/// <c>GRPC_PORT</c> is a separate port for gRPC, in addition to the usual <c>ASPNETCORE_URLS</c>.
/// </summary>
internal static class Listeners
{
    private const string GrpcPort = "GRPC_PORT";

    public static void AddListeners(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new HostSetting(GrpcPort, "The port for gRPC, besides the addresses for JSON and probes.")
        {
            Shown = HostSetting.Everything,
            MustBe = value => value.Length == 0 || ushort.TryParse(value, CultureInfo.InvariantCulture, out _)
                ? null
                : "a port, from 0 to 65535",
        });
        if (builder.Configuration[GrpcPort] is not { Length: > 0 } port)
        {
            return;
        }

        var urls = Urls(builder.Configuration);
        var endpoints = new Dictionary<string, string?>
        {
            // They are among the endpoints now; Kestrel warns about addresses that are configured twice.
            ["urls"] = "",
            ["http_ports"] = "",
            ["Kestrel:Endpoints:Grpc:Url"] = $"http://{HostOf(urls)}:{port}",
            ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
        };
        for (var i = 0; i < urls.Length; i++)
        {
            endpoints[$"Kestrel:Endpoints:Http{i}:Url"] = urls[i];
            endpoints[$"Kestrel:Endpoints:Http{i}:Protocols"] = "Http1";
        }

        builder.Configuration.AddInMemoryCollection(endpoints);
    }

    // Container images name ports only, ASPNETCORE_HTTP_PORTS=8080, and mean every address.
    private static string[] Urls(IConfiguration configuration)
    {
        const StringSplitOptions Options = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        return configuration["urls"] is { Length: > 0 } urls
            ? urls.Split(';', Options)
            : [.. (configuration["http_ports"] ?? "").Split(';', Options).Select(port => $"http://*:{port}")];
    }

    // gRPC is reachable from where JSON is: this machine only, or everywhere.
    private static string HostOf(string[] urls) =>
        urls is [var first, ..] ? BindingAddress.Parse(first).Host : "localhost";
}
