using FaultMaven.Knowledge;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone;

/// <summary>What is where in a data folder.</summary>
internal static class DataFolder
{
    private const string AdminService = "admin";

    /// <summary>A SQLite file for each service.</summary>
    public const string State = "state";

    /// <summary>Texts of evidence.</summary>
    public const string Evidence = "evidence";

    /// <summary>Below evidence, what is being taken in.</summary>
    public const string Incoming = "incoming";

    /// <summary>The knowledge base.</summary>
    public const string Knowledge = "knowledge";

    /// <summary>The key of what is sealed.</summary>
    public const string Redaction = "redaction";

    /// <summary>Where the services that run in one process find their folders.</summary>
    public static IReadOnlyDictionary<string, string?> SettingsOf(string directory) => new Dictionary<string, string?>
    {
        ["Data:Directory"] = Path.Combine(directory, Evidence),
        ["Knowledge:Directory"] = Path.Combine(directory, Knowledge),
        ["Redaction:Directory"] = Path.Combine(directory, Redaction),
    };

    /// <summary>The files of state, in order.</summary>
    public static IEnumerable<string> StateFilesIn(string directory) => FilesIn(Path.Combine(directory, State), ".db");

    /// <summary>The files of the knowledge base, in order.</summary>
    public static IEnumerable<string> KnowledgeFilesIn(string directory) =>
        FilesIn(Path.Combine(directory, Knowledge), KnowledgeFile.Extension);

    /// <summary>Begins work on a partition, for its tenant and as no one in particular.</summary>
    public static CallIdentity.Entered Enter(Partition partition) =>
        CallIdentity.OfService(AdminService, partition.Tenant).Enter(AdminService);

    /// <summary>Whether there is data in a folder.</summary>
    public static bool HasData(string directory) => Directory.Exists(Path.Combine(directory, State));

    private static IEnumerable<string> FilesIn(string folder, string extension) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, $"*{extension}").Order(StringComparer.Ordinal)
        : [];
}
