using BenchmarkDotNet.Attributes;
using FaultMaven.Redaction;
using FaultMaven.ServiceDefaults;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Benchmarks;

/// <summary>
/// How fast logs go through the service as Data streams them, in UTF-8 and without particulars of what is found: HTTP/2 over a Unix socket,
/// both sides in this process, a Redis server for the pseudonyms.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class RedactionStreamBenchmarks
{
    private const int Length = 16 * 1024 * 1024;
    private const int Piece = 64 * 1024;

    private readonly string _socket = Path.Combine(Path.GetTempPath(), $"fm-redaction-{Guid.NewGuid():N}.sock");
    private ByteString[] _pieces = [];
    private RedisServer? _redis;
    private WebApplication? _app;
    private GrpcChannel? _channel;

    [Params(false, true)]
    public bool WithSecrets { get; set; }

    [GlobalSetup]
    public async Task StartAsync()
    {
        _pieces = [.. MadeUpLogs.Create(Length, WithSecrets).Chunk(Piece).Select(piece => ByteString.CopyFromUtf8(new string(piece)))];
        _redis = await RedisServer.StartAsync(CancellationToken.None);

        var builder = WebApplication.CreateBuilder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(_socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["ConnectionStrings:redis"] = _redis.ConnectionString,
            ["Redaction:Directory"] = _redis.Directory,
        });
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        builder.AddServiceDefaults();
        builder.AddRedactionService();
        _app = builder.Build();
        _app.MapDefaultEndpoints();
        _app.MapRedactionService();
        await _app.StartAsync();

        _channel = UnixSocketChannel.CreateSigned(_socket);
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        _channel?.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        if (_redis is not null)
        {
            await _redis.DisposeAsync();
        }
    }

    [Benchmark]
    public async Task<long> Stream()
    {
        using var call = new Proto.RedactionService.RedactionServiceClient(_channel).StreamRedactText();
        var reading = ReadAsync(call.ResponseStream);
        await call.RequestStream.WriteAsync(new() { Scope = "cases/benchmark", Utf8Responses = true, CountsOnly = true });
        foreach (var piece in _pieces)
        {
            await call.RequestStream.WriteAsync(new() { Utf8Text = piece });
        }

        await call.RequestStream.CompleteAsync();
        return await reading;
    }

    private static async Task<long> ReadAsync(IAsyncStreamReader<Proto.StreamRedactTextResponse> responses)
    {
        long length = 0;
        await foreach (var response in responses.ReadAllAsync())
        {
            length += response.Utf8Text.Length;
        }

        return length;
    }
}
