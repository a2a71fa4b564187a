using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace FaultMaven.Benchmarks;

/// <summary>
/// How fast a log goes all the way: uploaded by gRPC, redacted, stored and analysed, by Standalone as a separate process and a client
/// that streams a file to its Unix socket. Lines a second by the clock and by the processor time of the server, and the most memory that it
/// had.
/// </summary>
internal static class UploadSpeed
{
    private const int ChunkBytes = 256 * 1024;
    private const int WarmUpBytes = 32_000_000;
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(int megabytes, IReadOnlyList<UploadedValues> kinds)
    {
        Console.WriteLine($"{"values",-8} {"bytes",13} {"lines",10} {"seconds",8} {"server s",9} {"client s",9} {"lines/s",9} "
            + $"{"per CPU s",10} {"VmHWM kB",9} redacted");

        foreach (var kind in kinds)
        {
            var directory = Directory.CreateTempSubdirectory("fm-upload-");

            try
            {
                await MeasureAsync(directory.FullName, megabytes * 1_000_000L, kind);
            }
            finally
            {
                directory.Delete(recursive: true);
            }
        }
    }

    private static async Task MeasureAsync(string directory, long length, UploadedValues values)
    {
        var log = Path.Combine(directory, "made-up.log");
        var warmUp = Path.Combine(directory, "warm-up.log");
        var bytes = UploadedLog.Write(log, length, values, seed: 42);
        UploadedLog.Write(warmUp, WarmUpBytes, values, seed: 7);
        using var server = Start(Path.Combine(directory, "data"));

        try
        {
            using var channel = await ConnectAsync(Path.Combine(directory, "data", "fm.sock"));
            var data = new DataService.DataServiceClient(channel);

            // What a service that has run for a while is past: code that was never called yet.
            var sessions = new SessionService.SessionServiceClient(channel);
            var created = await sessions.CreateCaseAsync(new() { Title = "Upload speed" });
            await UploadAsync(data, created.Name, warmUp);

            server.Refresh();
            var (before, clientBefore) = (server.TotalProcessorTime, Environment.CpuUsage.TotalTime);
            var clock = Stopwatch.StartNew();
            var evidence = await UploadAsync(data, created.Name, log);
            var wall = clock.Elapsed;
            server.Refresh();
            var taken = server.TotalProcessorTime - before;
            var client = Environment.CpuUsage.TotalTime - clientBefore;

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{values,-8} {bytes,13:N0} {evidence.LineCount,10:N0} {wall.TotalSeconds,8:N2} {taken.TotalSeconds,9:N2} "
                    + $"{client.TotalSeconds,9:N2} {evidence.LineCount / wall.TotalSeconds,9:N0} "
                    + $"{evidence.LineCount / taken.TotalSeconds,10:N0} {PeakMemory(server),9:N0} {evidence.Redactions.Values.Sum():N0}"));
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
        }
    }

    private static Process Start(string data)
    {
        var server = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "FaultMaven.Standalone.dll"), "--DataDirectory", data, "--Address",
                "http://127.0.0.1:0"
            },
            RedirectStandardError = true,
        })!;

        // What it logs would stand between the lines of the table, but for what it may have to say when it goes.
        server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is { } told
                && (told.Contains("Unhandled", StringComparison.Ordinal)
                    || told.Contains("Fatal", StringComparison.Ordinal)
                    || told.Contains("   at ", StringComparison.Ordinal)))
            {
                Console.Error.WriteLine(told);
            }
        };
        server.BeginErrorReadLine();
        return server;
    }

    private static async Task<GrpcChannel> ConnectAsync(string socket)
    {
        using var patience = new CancellationTokenSource(s_patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));

        while (await again.WaitForNextTickAsync(patience.Token))
        {
            try
            {
                using var attempt = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await attempt.ConnectAsync(new UnixDomainSocketEndPoint(socket), patience.Token);
                break;
            }
            catch (SocketException)
            {
                // It has not started yet.
            }
        }

        return UnixSocketChannel.Create(socket);
    }

    private static async Task<Evidence> UploadAsync(DataService.DataServiceClient data, string parent, string path)
    {
        await using var file = new FileStream(
            path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        var chunk = new byte[ChunkBytes];
        using var call = data.UploadEvidence();

        try
        {
            await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = parent, FileName = Path.GetFileName(path) } });

            while (await file.ReadAtLeastAsync(chunk, ChunkBytes, throwOnEndOfStream: false) is > 0 and var read)
            {
                await call.RequestStream.WriteAsync(new() { Chunk = UnsafeByteOperations.UnsafeWrap(chunk.AsMemory(0, read)) });
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is InvalidOperationException or RpcException)
        {
            // The server answered before the end of the upload; its answer gives the reason.
        }

        return await call;
    }

    // VmHWM:	  254616 kB
    private static long PeakMemory(Process process) => File.ReadLines($"/proc/{process.Id}/status")
        .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.AsSpan(6).Trim()[..^3], CultureInfo.InvariantCulture))
        .FirstOrDefault();
}
