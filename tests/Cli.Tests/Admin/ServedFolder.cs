using System.Net.Sockets;
using System.Text;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Grpc.Net.Client;

namespace FaultMaven.Cli.Tests.Admin;

/// <summary>A data folder that a real <c>fm serve</c> uses, reached by its socket.</summary>
internal sealed class ServedFolder : IAsyncDisposable
{
    private readonly FmProcess _server;
    private readonly GrpcChannel _channel;

    private ServedFolder(FmProcess server, GrpcChannel channel)
    {
        _server = server;
        _channel = channel;
    }

    public SessionService.SessionServiceClient Sessions => new(_channel);

    public DataService.DataServiceClient Data => new(_channel);

    public static async Task<ServedFolder> StartAsync(Fm fm, string directory)
    {
        var server = fm.Start("serve", "--data-dir", directory, "--listen", "http://127.0.0.1:0");
        await server.ErrorLineAsync(line => line.Contains("Ctrl-C stops it", StringComparison.Ordinal));
        return new ServedFolder(server, Connect(Path.Combine(directory, "fm.sock")));
    }

    /// <summary>Creates a case with a piece of evidence.</summary>
    public async Task<(string Case, string Evidence)> WriteAsync(string text)
    {
        var name = (await Sessions.CreateCaseAsync(new() { Title = text })).Name;
        var evidence = await Data.CreateEvidenceAsync(new()
        {
            Parent = name,
            FileName = "app.log",
            Content = ByteString.CopyFrom($"2026-03-01T10:00:00Z ERROR {text} for ann@example.org\n", Encoding.UTF8),
        });
        return (name, evidence.Name);
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _server.InterruptAsync();
        (await _server.EndAsync()).Succeeded();
    }

    private static GrpcChannel Connect(string path)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }
}
