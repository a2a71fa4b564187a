using System.Diagnostics;

namespace FaultMaven.Tests.Shared;

/// <summary>
/// A `redis-server` of a test's own: a child process in a temporary folder, reachable through a Unix socket there, gone with its data
/// when disposed. A test that starts one is skipped where `redis-server` is not installed.
/// </summary>
public sealed class RedisServer : IAsyncDisposable
{
    // xunit.v3 counts an exception whose message starts so as a skip; Shared need not reference xunit for it.
    private const string SkipToken = "$XunitDynamicSkip$";

    private readonly Process _process;
    private readonly Task _drain;

    private RedisServer(Process process, Task drain, string directory)
    {
        _process = process;
        _drain = drain;
        Directory = directory;
    }

    /// <summary>Whether `redis-server` is on PATH.</summary>
    public static bool IsInstalled => FindExecutable() is not null;

    /// <summary>For StackExchange.Redis, and for `ConnectionStrings:redis`.</summary>
    public string ConnectionString =>
        $"{SocketPath(Directory)},abortConnect=false,connectTimeout=120000,syncTimeout=120000,asyncTimeout=120000";

    /// <summary>Holds the socket and the append-only file.</summary>
    public string Directory { get; }

    /// <summary>
    /// Starts a server and returns once it accepts connections. In <paramref name="directory"/>, a folder of an earlier server, it
    /// takes up that one's data; without one it starts empty in its own folder.
    /// </summary>
    public static async Task<RedisServer> StartAsync(CancellationToken cancellationToken, string? directory = null)
    {
        var executable = FindExecutable()
            ?? throw new InvalidOperationException(SkipToken + "redis-server is not installed (Debian: apt-get install redis-server).");

        if (directory is not null)
        {
            await CutTailAsync(executable, directory, cancellationToken);
        }

        directory ??= System.IO.Directory.CreateTempSubdirectory("fm-redis-").FullName;
        var start = new ProcessStartInfo(executable)
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "--port", "0",
                "--unixsocket", Path.Combine(directory, "redis.sock"),
                "--dir", directory,
                "--appendonly", "yes",
                "--appendfsync", "always",
                "--save", "",
                "--daemonize", "no",
            },
        };

        var process = Process.Start(start) ?? throw new InvalidOperationException("redis-server did not start.");
        try
        {
            await WaitUntilReadyAsync(process, cancellationToken);
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }

        // A full pipe would stop the server, so what it says from now on is read and dropped.
        return new RedisServer(process, process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None), directory);
    }

    /// <summary>Ends the server at once, as a crash would; its folder stays, so another can be started there.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        await _drain;
    }

    /// <summary>Ends the server and deletes its folder.</summary>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        if (System.IO.Directory.Exists(Directory))
        {
            System.IO.Directory.Delete(Directory, recursive: true);
        }
    }

    // As docs/operations.md has it. A server that was killed while it wrote leaves a transaction without its end; the next one does not
    // make it, but leaves its beginning in the file, and the one after that takes it for a part of the transaction that follows.
    private static async Task CutTailAsync(string server, string directory, CancellationToken cancellationToken)
    {
        var files = Path.Combine(directory, "appendonlydir", "appendonly.aof.manifest");
        if (!File.Exists(files))
        {
            return;
        }

        using var process = Process.Start(new ProcessStartInfo(Path.Combine(Path.GetDirectoryName(server)!, "redis-check-aof"))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "--fix", files },
        })!;
        try
        {
            await process.StandardInput.WriteLineAsync("y");
        }
        catch (IOException)
        {
            // It had nothing to ask.
        }

        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"redis-check-aof did not mend {files}: {said}");
        }
    }

    private static async Task WaitUntilReadyAsync(Process process, CancellationToken cancellationToken)
    {
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            said.Add(line);

            // Versions before 7 name no transport: "The server is now ready to accept connections at /…/redis.sock".
            if (line.Contains("ready to accept connections", StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        throw new InvalidOperationException($"redis-server ended before it was ready: {string.Join(Environment.NewLine, said)}");
    }

    private static string SocketPath(string directory) => "!" + Path.Combine(directory, "redis.sock");

    private static string? FindExecutable() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, "redis-server"))
            .FirstOrDefault(File.Exists);
}
