using System.Diagnostics;
using System.Net.Sockets;
using Grpc.Net.Client;

namespace FaultMaven.Standalone.Tests;

/// <summary>The Standalone program as a separate process, which can be killed.</summary>
internal sealed class StandaloneProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task _drain;

    private StandaloneProcess(Process process, Task drain, GrpcChannel channel)
    {
        _process = process;
        _drain = drain;
        Channel = channel;
    }

    public GrpcChannel Channel { get; }

    /// <summary>Starts the program on a folder and returns once it answers.</summary>
    public static async Task<StandaloneProcess> StartAsync(string directory, CancellationToken cancellationToken)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "FaultMaven.Standalone.dll"),
                "--DataDirectory", directory,
                "--Address", "http://127.0.0.1:0",
            },
        })!;

        var log = new List<string>();
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            log.Add(line);
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                return new StandaloneProcess(process, process.StandardError.ReadToEndAsync(cancellationToken), Connect(directory));
            }
        }

        throw new InvalidOperationException($"The program ended before it answered:\n{string.Join('\n', log)}");
    }

    /// <summary>Kills it as <c>kill -9</c> does: nothing in it gets to run any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        await _drain;
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private static GrpcChannel Connect(string directory)
    {
        var socketPath = new StandaloneOptions { DataDirectory = directory }.SharedSocketPath;
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
    }
}
