using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.ServiceDefaults;

/// <summary>
/// Where a service listens. gRPC needs HTTP/2 and JSON and probes need HTTP/1.1; without TLS the two cannot share a port, so
/// <c>GRPC_PORT</c> names a port of its own for gRPC beside the usual <c>ASPNETCORE_URLS</c>.
/// </summary>
internal static class Listeners
{
    private const string GrpcPort = "GRPC_PORT";

    public static void AddListeners(this IHostApplicationBuilder builder)
    {
        if (builder.Configuration[GrpcPort] is not { Length: > 0 } port)
        {
            return;
        }

        var endpoints = new Dictionary<string, string?>
        {
            ["Kestrel:Endpoints:Grpc:Url"] = $"http://localhost:{port}",
            ["Kestrel:Endpoints:Grpc:Protocols"] = "Http2",
        };
        var urls = (builder.Configuration["urls"] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < urls.Length; i++)
        {
            endpoints[$"Kestrel:Endpoints:Http{i}:Url"] = urls[i];
            endpoints[$"Kestrel:Endpoints:Http{i}:Protocols"] = "Http1";
        }

        builder.Configuration.AddInMemoryCollection(endpoints);
    }
}
