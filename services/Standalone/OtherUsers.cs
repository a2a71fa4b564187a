using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FaultMaven.Standalone;

/// <summary>
/// Closes connections of other users of this machine. The permissions of the socket's folder keep them out already; this holds too where
/// someone has changed those, or has the folder of an open file.
/// </summary>
internal static partial class OtherUsers
{
    // From <sys/socket.h> of Linux; struct ucred is the ids of process, user and group, 4 bytes each.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int CredentialsLength = 12;
    private const int UserOffset = 4;
    private const uint Root = 0;

    /// <summary>Lets in connections of the user of this process and of root only, where the system says whose they are.</summary>
    public static void RefuseOtherUsers(this ListenOptions listen)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var own = GetEffectiveUser();
        listen.Use(next => connection =>
        {
            Span<byte> credentials = stackalloc byte[CredentialsLength];
            if (connection.Features.Get<IConnectionSocketFeature>()?.Socket is { } socket
                && socket.GetRawSocketOption(SocketLevel, PeerCredentials, credentials) == CredentialsLength
                && MemoryMarshal.Read<uint>(credentials[UserOffset..]) is var user
                && (user == own || user == Root))
            {
                return next(connection);
            }

            connection.Abort();
            return Task.CompletedTask;
        });
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
