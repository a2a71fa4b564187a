using FaultMaven.Standalone;

namespace FaultMaven.Cli.Connections;

/// <summary>
/// The token with which a server knows who calls: what the person who calls gives, or for a server on this machine what <c>fm serve</c> has
/// put into the data folder that it serves there.
/// </summary>
internal static class ServerToken
{
    private const string Variable = "FAULTMAVEN_TOKEN";

    /// <summary>The token to send to a server; null if there is none.</summary>
    public static string? FindFor(Uri server) =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given
        : ServedFolders.Find(server) is { } directory ? ReadOrNull(directory)
        : null;

    /// <summary>The token of a data folder that has been served; null if it has not.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is someone else's.</exception>
    public static string? ReadOrNull(string directory) =>
        new StandaloneOptions { DataDirectory = directory }.TokenFile is var path && File.Exists(path)
            ? File.ReadAllText(path).Trim()
            : null;
}
