using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.Tests.Shared;
using StackExchange.Redis;

namespace FaultMaven.State.Tests.Redis;

/// <summary>A cluster of three servers, each with a third of the slots.</summary>
public sealed class RedisCluster : StoreUnderTest
{
    private const int NodeCount = 3;
    private const int SlotCount = 16_384;

    // A node listens to the others at a port that is so much greater.
    private const int BusOffset = 10_000;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-cluster-");
    private readonly List<Process> _nodes = [];
    private ConnectionMultiplexer? _redis;
    private StateStore? _store;

    public override StateStore Store => _store!;

    public override TimeSpan Moment => TimeSpan.FromMilliseconds(100);

    public override bool ControlsTime => false;

    public override Task AdvanceAsync(TimeSpan time) => RedisUnderTest.PassAsync(_redis!, time);

    public override async ValueTask InitializeAsync()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.SkipUnless(RedisServer.IsInstalled, "redis-server is not installed.");
        var ports = Enumerable.Range(0, NodeCount).Select(_ => FindFreePort()).ToArray();
        foreach (var port in ports)
        {
            await StartAsync(port, cancellationToken);
        }

        foreach (var (i, port) in ports.Index())
        {
            await using var node = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},allowAdmin=true,syncTimeout=60000");
            var database = node.GetDatabase();
            await database.ExecuteAsync("CLUSTER", [
                "ADDSLOTS", .. Enumerable.Range(0, SlotCount).Where(slot => slot % NodeCount == i).Select(slot => (object)slot)]);
            foreach (var other in ports.Except([port]))
            {
                await database.ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", other);
            }
        }

        foreach (var port in ports)
        {
            await using var node = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{port},allowAdmin=true,syncTimeout=60000");
            while (!await KnowsAllAsync(node))
            {
                await Task.Delay(50, cancellationToken);
            }
        }

        var nodes = ports.Select(port => $"127.0.0.1:{port}");
        _redis = await ConnectionMultiplexer.ConnectAsync(string.Join(',', nodes) + ",syncTimeout=60000");
        _store = new RedisStateStoreProvider(_redis, TimeProvider.System).Open("test");
    }

    public override async ValueTask DisposeAsync()
    {
        await (_redis?.DisposeAsync() ?? default);
        foreach (var node in _nodes)
        {
            node.Kill();
            await node.WaitForExitAsync();
            node.Dispose();
        }

        _directory.Delete(recursive: true);
    }

    private static async Task<bool> KnowsAllAsync(ConnectionMultiplexer node)
    {
        var info = (string)(await node.GetDatabase().ExecuteAsync("CLUSTER", "INFO"))!;
        return info.Contains("cluster_state:ok", StringComparison.Ordinal)
            && info.Contains($"cluster_slots_ok:{SlotCount}", StringComparison.Ordinal)
            && info.Contains($"cluster_known_nodes:{NodeCount}", StringComparison.Ordinal);
    }

    private static int FindFreePort()
    {
        while (true)
        {
            using var port = new TcpListener(IPAddress.Loopback, 0);
            port.Start();
            var number = ((IPEndPoint)port.LocalEndpoint).Port;
            if (number + BusOffset > ushort.MaxValue)
            {
                continue;
            }

            using var bus = new TcpListener(IPAddress.Loopback, number + BusOffset);
            try
            {
                bus.Start();
                return number;
            }
            catch (SocketException)
            {
                // Taken; another pair may be free.
            }
        }
    }

    private async Task StartAsync(int port, CancellationToken cancellationToken)
    {
        var folder = _directory.CreateSubdirectory($"{port}").FullName;
        var node = Process.Start(new ProcessStartInfo("redis-server")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--port", $"{port}", "--bind", "127.0.0.1", "--dir", folder, "--save", "", "--daemonize", "no", "--cluster-enabled", "yes",
            },
        })!;
        _nodes.Add(node);
        while (await node.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Contains("ready to accept connections", StringComparison.OrdinalIgnoreCase))
            {
                // A full pipe would stop the server.
                _ = node.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return;
            }
        }

        throw new InvalidOperationException("redis-server ended before it was ready.");
    }
}
