using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace FaultMaven.Standalone;

/// <summary>How FaultMaven runs in one process.</summary>
public sealed class StandaloneOptions
{
    /// <summary>The longest path that a Unix socket may have on every system we run on, in bytes.</summary>
    private const int MaxSocketPath = 100;

    /// <summary>The folder of everything that is stored; created if it does not exist. One process at a time may use it.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// The address for gRPC, JSON and health probes in addition to the socket, such as <c>http://127.0.0.1:7080</c>: http or https, and an
    /// address of this machine. Null for none. One that other machines can reach needs an identity provider
    /// (<c>Identity:Authority</c>) or a key.
    /// </summary>
    public Uri? Address { get; init; }

    /// <summary>Settings that override those of the environment.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>();

    /// <summary>The least severe log entries that are written to standard error.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Warning;

    /// <summary>Adds or replaces services before the host is built.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; init; }

    /// <summary>
    /// Whether it is a server for other processes, which find it at <see cref="SharedSocketPath"/>. Otherwise no other process should call
    /// it, because it stops when its own work is done.
    /// </summary>
    public bool Shared { get; init; } = true;

    /// <summary>The Unix socket that answers gRPC while a server uses this folder.</summary>
    public string SharedSocketPath => SocketIn("fm.sock");

    /// <summary>
    /// The file with the token for callers at <see cref="Address"/> on this machine, made at the first start with an address. Whoever may
    /// read it may do everything.
    /// </summary>
    public string TokenFile => Path.Combine(FullDirectory, "token");

    /// <summary>
    /// Reads an <see cref="Address"/>; null if it is none. Services listen on addresses of this machine, and <c>localhost</c> is the only
    /// name that is taken for one.
    /// </summary>
    public static Uri? ParseAddress(string text) =>
        Uri.TryCreate(text.Replace("//localhost", "//127.0.0.1", StringComparison.OrdinalIgnoreCase), UriKind.Absolute, out var url)
            && url is { Scheme: "http" or "https" }
            && IPAddress.TryParse(url.Host, out _)
                ? url
                : null;

    internal IEnumerable<string> SocketPaths => [SharedSocketPath, SocketIn("own.sock")];

    internal string SocketPath => Shared ? SharedSocketPath : SocketIn("own.sock");

    internal IPEndPoint? EndPoint => Address is { } address ? new IPEndPoint(IPAddress.Parse(address.Host), address.Port) : null;

    internal bool UsesTls => Address?.Scheme == Uri.UriSchemeHttps;

    internal string FullDirectory => Path.GetFullPath(DataDirectory);

    private string SocketIn(string name)
    {
        var path = Path.Combine(FullDirectory, name);
        if (Encoding.UTF8.GetByteCount(path) <= MaxSocketPath)
        {
            return path;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FullDirectory)).AsSpan(0, 8));
        return Path.Combine(Path.GetTempPath(), $"faultmaven-{Environment.UserName}-{hash}", name);
    }
}
