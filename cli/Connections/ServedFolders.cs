using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FaultMaven.Standalone;

namespace FaultMaven.Cli.Connections;

/// <summary>
/// Which data folder <c>fm serve</c> serves at which port of this machine: a file for each, named after the port, for the owner alone. So a
/// command finds the token of the server that it calls, and sends it to no other.
/// </summary>
internal static class ServedFolders
{
    private const string Folder = "servers";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Notes that a folder is served; the note goes when this is disposed of. Null where there is no home folder.</summary>
    public static IDisposable? Note(Uri address, string directory)
    {
        if (FileOf(address.Port) is not { } path)
        {
            return null;
        }

        DataDirectory.Prepare(Path.GetDirectoryName(path));
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new StreamWriter(path, options))
        {
            file.Write(directory);
        }

        return new NoteFile(path);
    }

    /// <summary>The folder that is served at an address of this machine; null if it is not known, or its server has ended.</summary>
    public static string? Find(Uri server) =>
        IsHere(server)
        && FileOf(server.Port) is { } path
        && File.Exists(path)
        && File.ReadAllText(path) is var directory
        && Answers(new StandaloneOptions { DataDirectory = directory }.SharedSocketPath)
            ? directory
            : null;

    private static string? FileOf(int port) => DataDirectory.FindDefault() is { } home
        ? Path.Combine(home, Folder, port.ToString(CultureInfo.InvariantCulture))
        : null;

    private static bool IsHere(Uri server) =>
        server.Host == "localhost" || (IPAddress.TryParse(server.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    // A server that was killed has left its note, and another program may have its port by now.
    private static bool Answers(string socketPath)
    {
        try
        {
            using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            probe.Connect(new UnixDomainSocketEndPoint(socketPath));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class NoteFile(string path) : IDisposable
    {
        public void Dispose() => File.Delete(path);
    }
}
