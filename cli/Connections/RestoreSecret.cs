using System.Security.Cryptography;

namespace FaultMaven.Cli.Connections;

/// <summary>
/// The secret with which <c>fm restore</c> gets values. A server has its own list of callers with permission. Services in this process
/// belong to the user who may read the data folder, its key included, so they accept a secret made for this run.
/// </summary>
internal static class RestoreSecret
{
    private const string Variable = "FM_RESTORE_SECRET";

    private static readonly string s_ofThisRun = RandomNumberGenerator.GetHexString(64);

    /// <summary>The settings that make services in this process accept <see cref="OfThisRun"/>.</summary>
    public static Dictionary<string, string?> Settings { get; } = new()
    {
        ["Redaction:Restore:Callers:fm:Name"] = "fm",
        ["Redaction:Restore:Callers:fm:Secret"] = s_ofThisRun,
    };

    /// <summary>What services in this process accept.</summary>
    public static string OfThisRun => s_ofThisRun;

    /// <summary>What the person who asks presents to a server; null if it was not given.</summary>
    public static string? GivenOrNull => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : null;

    /// <summary>What the person who asks presents to a server.</summary>
    /// <exception cref="CommandFailedException">There is none.</exception>
    public static string Given() => GivenOrNull ?? throw new CommandFailedException(
        ExitCode.Refused, $"A server lets only callers restore that its configuration names; put your secret into {Variable}.");
}
