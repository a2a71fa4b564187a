using System.Net.Sockets;

namespace FaultMaven.Standalone;

/// <summary>Keeps other processes out of a data folder. The operating system releases it when the process ends, however it ends.</summary>
internal sealed class DataDirectoryLock : IDisposable
{
    private readonly FileStream _file;

    private DataDirectoryLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, creating it for this user alone if it does not exist.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="sockets">The sockets of a process that uses the folder. One that answers proves that it is in use even if someone
    /// removed the lock file.</param>
    /// <exception cref="DataDirectoryInUseException">Another process uses the folder.</exception>
    public static DataDirectoryLock Take(string directory, IEnumerable<string> sockets)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var path = Path.Combine(directory, "lock");
        try
        {
            var taken = new DataDirectoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            if (!sockets.Any(Answers))
            {
                return taken;
            }

            taken.Dispose();
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new DataDirectoryInUseException(directory, exception);
        }

        throw new DataDirectoryInUseException(directory, null);
    }

    public void Dispose() => _file.Dispose();

    private static bool Answers(string socketPath)
    {
        if (!File.Exists(socketPath))
        {
            return false;
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Connect(new UnixDomainSocketEndPoint(socketPath));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
