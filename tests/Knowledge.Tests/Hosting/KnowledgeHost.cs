using System.Net.Sockets;
using System.Text;
using FaultMaven.ServiceDefaults;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Knowledge.Tests.Hosting;

/// <summary>The real service on a Unix socket and a temporary folder, with a redaction service that the test can turn off.</summary>
internal sealed class KnowledgeHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly HttpMessageInvoker _http;
    private readonly bool _ownsFolder;

    private KnowledgeHost(WebApplication app, UnixSocket grpc, UnixSocket http, string folder, bool ownsFolder)
    {
        _app = app;
        _ownsFolder = ownsFolder;
        Folder = folder;
        _channel = GrpcChannel.ForAddress(
            grpc.GetAddress("knowledge"), new GrpcChannelOptions { HttpHandler = TestIdentity.Signing(grpc.CreateHandler()) });
        _http = new HttpMessageInvoker(TestIdentity.Signing(http.CreateHandler(), "knowledge"));
        Client = new Proto.KnowledgeService.KnowledgeServiceClient(_channel);
    }

    public Proto.KnowledgeService.KnowledgeServiceClient Client { get; }

    /// <summary>Where the knowledge base is kept.</summary>
    public string Folder { get; }

    public MarkingRedaction Redaction => _app.Services.GetRequiredService<MarkingRedaction>();

    /// <summary>The services inside.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts the service, on the folder of an earlier one if given.</summary>
    public static async Task<KnowledgeHost> StartAsync(string? folder = null)
    {
        var ownsFolder = folder is null;
        folder ??= Directory.CreateTempSubdirectory("fm-knowledge-").FullName;
        var grpc = UnixSocket.Create();
        var http = UnixSocket.Create();

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection([new("Knowledge:Directory", folder)]);
        builder.Configuration.AddInMemoryCollection(TestIdentity.Settings);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // Without TLS a socket speaks one version of HTTP.
            kestrel.ListenUnixSocket(grpc.Path, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.ListenUnixSocket(http.Path, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Services.AddSingleton<IStateStoreProvider>(_ => new EmbeddedState(TimeProvider.System));
        builder.AddServiceDefaults();
        builder.AddKnowledgeService();
        builder.Services.AddSingleton<IServiceTransport>(grpc);
        builder.Services.AddSingleton<MarkingRedaction>();

        var app = builder.Build();
        app.UseRouting();
        app.MapDefaultEndpoints();
        app.MapKnowledgeService();
        app.MapGrpcService<MarkingRedaction>();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new KnowledgeHost(app, grpc, http, folder, ownsFolder);
    }

    /// <summary>Imports texts and returns what became of each.</summary>
    public async Task<IList<Proto.ImportResult>> ImportAsync(params (string Path, string Text)[] documents)
    {
        var request = new Proto.BatchImportDocumentsRequest
        {
            Documents =
            {
                documents.Select(d => new Proto.DocumentSource { Path = d.Path, Content =
                    ByteString.CopyFrom(Encoding.UTF8.GetBytes(d.Text)) }),
            },
        };
        return (await Client.BatchImportDocumentsAsync(request, cancellationToken: TestContext.Current.CancellationToken)).Results;
    }

    public async Task<Proto.SearchDocumentsResponse> SearchAsync(string query) =>
        await Client.SearchDocumentsAsync(new() { Query = query }, cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>What the service answers over HTTP.</summary>
    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost" + path);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        _http.Dispose();
        await _app.DisposeAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    private sealed class UnixSocket(string path) : IServiceTransport
    {
        public string Path => path;

        public static UnixSocket Create() => new(System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Guid.NewGuid():N}.sock"));

        public Uri GetAddress(string service) => new("http://localhost");

        public HttpMessageHandler CreateHandler() => new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
    }
}
