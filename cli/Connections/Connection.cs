using System.CommandLine;
using FaultMaven.Client;
using FaultMaven.Standalone;
using Grpc.Core;
using Grpc.Net.Client;

namespace FaultMaven.Cli.Connections;

/// <summary>A way to the five services: a server elsewhere, or all of them hosted in this process for as long as this lives.</summary>
internal sealed class Connection : IAsyncDisposable
{
    /// <summary>How long to wait for another command that has the data folder.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan s_unary = TimeSpan.FromMinutes(2);

    // A watcher that sees no end within this time calls again, from where it was.
    private static readonly TimeSpan s_watch = TimeSpan.FromMinutes(1);

    // Uploads and pipes are as long as their input; this only ends what no one else will.
    private static readonly TimeSpan s_input = TimeSpan.FromDays(1);

    private readonly StandaloneHost? _host;
    private readonly DirectoryInfo? _temporary;

    private Connection(
        GrpcChannel channel,
        TimeProvider time,
        StandaloneHost? host = null,
        DirectoryInfo? temporary = null,
        BrokenGlass? glass = null)
    {
        _host = host;
        _temporary = temporary;
        Client = new FaultMavenClient(channel, new()
        {
            TimeProvider = time,
            UnaryTimeout = s_unary,
            WatchTimeout = s_watch,
            UploadTimeout = s_input,
            BreakGlass = glass,
        });
    }

    /// <summary>Makes the calls; one without a deadline gets the default of its kind.</summary>
    public CallInvoker Calls => Client.Calls;

    /// <summary>The typed clients.</summary>
    public FaultMavenClient Client { get; }

    /// <summary>For commands whose state outlives them: without a server, it is kept in the data folder.</summary>
    public static Task<Connection> OpenAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        if (parse.GetValue(GlobalOptions.Server) is { } server)
        {
            return Task.FromResult(ToServer(server, parse, time));
        }

        if (parse.GetValue(GlobalOptions.BreakGlass) is not null)
        {
            throw new CommandFailedException(ExitCode.Usage, "--break-glass needs --server: a data folder has one tenant.");
        }

        var directory = DataDirectory.Prepare(parse.GetValue(GlobalOptions.DataDirectory));
        return HostAsync(EmbeddedServices.Options(directory, parse), time, cancellationToken);
    }

    /// <summary>For commands that keep nothing: without a server or a named data folder, they work in a temporary one.</summary>
    public static async Task<Connection> OpenStatelessAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        if (((Option[])[GlobalOptions.Server, GlobalOptions.DataDirectory, GlobalOptions.BreakGlass])
            .Any(option => parse.GetResult(option) is { Implicit: false }))
        {
            return await OpenAsync(parse, time, cancellationToken);
        }

        var temporary = Directory.CreateTempSubdirectory("fm-");
        try
        {
            var host = await StandaloneHost.StartAsync(EmbeddedServices.Options(temporary.FullName, parse), cancellationToken);
            return new Connection(host.CreateChannel(), time, host, temporary);
        }
        catch
        {
            temporary.Delete(recursive: true);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _temporary?.Delete(recursive: true);
    }

    private static Connection ToServer(Uri server, ParseResult parse, TimeProvider time) =>
        parse.GetValue(GlobalOptions.DataDirectory) is null
            ? new Connection(RemoteChannel.To(server), time, glass: parse.GetValue(GlobalOptions.BreakGlass))
            : throw new CommandFailedException(ExitCode.Usage, "Give --server or --data-dir, not both: a server keeps its own data.");

    private static async Task<Connection> HostAsync(StandaloneOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var giveUp = time.GetUtcNow() + s_patience;

        // A lock does not report that it is free; looking again is the only way.
        using var timer = new PeriodicTimer(s_lookAgain, time);
        var isReported = false;
        while (true)
        {
            try
            {
                var host = await StandaloneHost.StartAsync(options, cancellationToken);
                return new Connection(host.CreateChannel(), time, host);
            }
            catch (DataDirectoryInUseException exception)
            {
                // `fm serve` answers for others; another command ends by itself.
                if (await RemoteChannel.TryToSocketAsync(options.SharedSocketPath, cancellationToken) is { } channel)
                {
                    return new Connection(channel, time);
                }

                if (time.GetUtcNow() >= giveUp)
                {
                    throw new CommandFailedException(ExitCode.Unavailable,
                        $"Another process is using {options.DataDirectory}; wait until it ends, or name another folder with --data-dir.",
                        exception);
                }

                if (!isReported)
                {
                    await Console.Error.WriteLineAsync(
                        $"Waiting for another fm that uses {options.DataDirectory}.".AsMemory(), cancellationToken);
                    isReported = true;
                }

                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }
}
