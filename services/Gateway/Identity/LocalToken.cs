using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FaultMaven.Gateway.Identity;

/// <summary>
/// A token in a file that its owner alone may read: whoever can read it may do what the owner may.
/// </summary>
public sealed class LocalToken
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = ~(OwnerOnly | UnixFileMode.UserExecute);
    private const int Bytes = 32;
    private const int MinLength = 32;

    private readonly byte[] _digest;

    private LocalToken(string token) => _digest = DigestOf(token);

    /// <summary>Reads the token of a file, and makes both if there is none. A token that others could read is replaced.</summary>
    /// <exception cref="IOException">The file cannot be read or made.</exception>
    public static LocalToken ReadOrCreate(string path)
    {
        if (File.Exists(path) && IsPrivate(path) && ReadOrNull(path) is { } token)
        {
            return new LocalToken(token);
        }

        CreateFolder(Path.GetDirectoryName(path)!);
        File.Delete(path);
        var made = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(path, options))
        {
            file.Write(Encoding.ASCII.GetBytes(made));
            file.Flush(flushToDisk: true);
        }

        return new LocalToken(made);
    }

    /// <summary>The token in a file; null if there is none.</summary>
    public static string? ReadOrNull(string path) =>
        File.Exists(path) && File.ReadAllText(path).Trim() is { Length: >= MinLength } token ? token : null;

    /// <summary>Whether this is the token. How long the answer takes reveals nothing.</summary>
    public bool Is(string presented) => CryptographicOperations.FixedTimeEquals(DigestOf(presented), _digest);

    private static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static byte[] DigestOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static bool IsPrivate(string path) =>
        OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & Others) == UnixFileMode.None;
}
