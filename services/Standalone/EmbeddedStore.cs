using System.Net.Sockets;
using Garnet;
using Garnet.common;
using Garnet.server;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;
using Tsavorite.core;

namespace FaultMaven.Standalone;

/// <summary>Garnet in this process, on a Unix socket. Every write is in its append-only file before it is acknowledged.</summary>
internal sealed class EmbeddedStore
{
    // In the folder from an orderly stop to the next start.
    private const string StopMark = "stopped";

    /// <summary>How long a write may take at a stop. A store whose disk has refused a write never answers.</summary>
    private static readonly TimeSpan s_lastWrite = TimeSpan.FromSeconds(15);

    private readonly GarnetServer _server;
    private readonly string _socketPath;
    private readonly string _stopMark;

    private EmbeddedStore(GarnetServer server, string socketPath, string stopMark)
    {
        _server = server;
        _socketPath = socketPath;
        _stopMark = stopMark;
    }

    /// <summary>
    /// What StackExchange.Redis connects with; the exclamation mark marks a socket's path. The store is in this process: if it is late,
    /// the machine is
    /// overloaded, and giving up after the client's default of 5 s would fail calls that succeed a moment later.
    /// </summary>
    public static string ConnectionString(string socketPath) =>
        $"!{socketPath},abortConnect=false,connectTimeout=120000,syncTimeout=120000,asyncTimeout=120000";

    /// <summary>Recovers what the folder holds and starts serving it.</summary>
    public static EmbeddedStore Start(string directory, string socketPath)
    {
        Directory.CreateDirectory(directory);
        File.Delete(socketPath);
        var stopMark = Path.Combine(directory, StopMark);
        var wasStopped = File.Exists(stopMark);
        File.Delete(stopMark);
        var server = new GarnetServer(
            new GarnetServerOptions
            {
                EndPoints = [new UnixDomainSocketEndPoint(socketPath)],
                UnixSocketPath = socketPath,
                UnixSocketPermission = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                CheckpointDir = directory,
                LogDir = directory,
                EnableStorageTier = true,
                // Plain file reads and writes; the faster native device needs libaio, which not every machine has.
                DeviceType = DeviceType.RandomAccess,
                EnableAOF = true,
                WaitForCommit = true,
                CommitFrequencyMs = 0,
                // Past this size a checkpoint takes the place of the file's older part.
                AofSizeLimit = "256m",
                AofMemorySize = "16m",
                AofPageSize = "4m",
                Recover = true,
                FailOnRecoveryError = true,

                // Far above what is kept here at any time, and not taken before it is needed. Past it, what is oldest goes to the disk,
                // and where that is a hash or list
                // is being written to, Garnet 2.2 may end the process ("Collection was modified" in HashObject.DoSerialize;
                // microsoft/garnet#2101 is its kin). Pseudonyms are strings, which it can
                // move; the records of a case's evidence are still a hash.
                LogMemorySize = "1g",
                PageSize = "1m",
                SegmentSize = "64m",
                ObjectLogSegmentSize = "64m",
                IndexMemorySize = "4m",
                QuietMode = true,
            },
            NullLoggerFactory.Instance);
        try
        {
            server.Start();
            if (!wasStopped)
            {
                Checkpoint(socketPath);
            }
        }
        catch (GarnetException exception)
        {
            server.Dispose();
            throw new DataDirectoryException(
                $"The store in {directory} cannot be recovered ({exception.Message}); keep it for inspection and name another data folder.",
                exception);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new EmbeddedStore(server, socketPath, stopMark);
    }

    /// <summary>Whether a write is still acknowledged, and so every write before it is whole in the append-only file.</summary>
    public static async Task<bool> TakesWritesAsync(IConnectionMultiplexer connection)
    {
        try
        {
            return await connection.GetDatabase().StringSetAsync("standalone:stopping", "").WaitAsync(s_lastWrite);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Stops serving.</summary>
    /// <param name="isIntact">What <see cref="TakesWritesAsync"/> said last, when nothing wrote any more; if not, the next start looks
    /// after the file's end.</param>
    public void Stop(bool isIntact)
    {
        _server.Dispose();
        File.Delete(_socketPath);
        if (isIntact)
        {
            File.WriteAllBytes(_stopMark, []);
        }
    }

    // A process that is killed in the middle of a transaction leaves the transaction's beginning at the end of the append-only file.
    // Recovery passes over it, but
    // what the next process appends would be taken for its rest, because sessions are numbered anew. A checkpoint makes the file begin
    // after it.
    private static void Checkpoint(string socketPath)
    {
        var options = ConfigurationOptions.Parse(ConnectionString(socketPath));
        options.AllowAdmin = true;
        // A large store takes minutes to write.
        options.SyncTimeout = int.MaxValue;
        using var connection = ConnectionMultiplexer.Connect(options);
        connection.GetServers()[0].Execute("SAVE");
    }
}
