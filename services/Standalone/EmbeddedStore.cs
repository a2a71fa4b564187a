using System.Net.Sockets;
using Garnet;
using Garnet.common;
using Garnet.server;
using Microsoft.Extensions.Logging.Abstractions;
using Tsavorite.core;

namespace FaultMaven.Standalone;

/// <summary>Garnet in this process, on a Unix socket. Every write is in its append-only file before it is acknowledged.</summary>
internal sealed class EmbeddedStore : IDisposable
{
    private readonly GarnetServer _server;
    private readonly string _socketPath;

    private EmbeddedStore(GarnetServer server, string socketPath)
    {
        _server = server;
        _socketPath = socketPath;
    }

    /// <summary>What StackExchange.Redis connects with; the exclamation mark says that the rest is a socket's path.</summary>
    public static string ConnectionString(string socketPath) => $"!{socketPath},abortConnect=false";

    /// <summary>Recovers what the folder holds and starts serving it.</summary>
    public static EmbeddedStore Start(string directory, string socketPath)
    {
        Directory.CreateDirectory(directory);
        File.Delete(socketPath);
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
                LogMemorySize = "64m",
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
        }
        catch (GarnetException exception)
        {
            server.Dispose();
            throw new DataDirectoryException(
                $"The store in {directory} cannot be recovered ({exception.Message}); keep it for inspection and name another data folder.", exception);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new EmbeddedStore(server, socketPath);
    }

    public void Dispose()
    {
        _server.Dispose();
        File.Delete(_socketPath);
    }
}
