using FaultMaven.Knowledge;
using FaultMaven.Standalone.State;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Standalone.Admin;

/// <summary>
/// Brings the files of a data folder to another version of their tables, for going back to an earlier version of FaultMaven. Going forward
/// happens at start by itself.
/// </summary>
public static class DataFolderMigration
{
    /// <summary>The versions that this program knows, by kind of file.</summary>
    public static IReadOnlyDictionary<SchemaKind, int> Known { get; } = new Dictionary<SchemaKind, int>
    {
        [SchemaKind.State] = StateSchema.Version,
        [SchemaKind.Knowledge] = KnowledgeFile.SchemaVersion,
    };

    /// <summary>Migrates all files of a kind, each in one transaction; broken off, it can be run again.</summary>
    /// <param name="directory">The data folder, which no process may be using.</param>
    /// <param name="kind">Which files.</param>
    /// <param name="version">From 1 to what is <see cref="Known"/>.</param>
    /// <returns>The files.</returns>
    /// <exception cref="DataDirectoryInUseException">A process uses the folder.</exception>
    /// <exception cref="DataDirectoryException">There is no data, or a file cannot be migrated.</exception>
    public static IReadOnlyList<string> Run(string directory, SchemaKind kind, int version)
    {
        directory = Path.GetFullPath(directory);
        if (!DataFolder.HasData(directory))
        {
            throw new DataDirectoryException($"There is no data in {directory}.", null);
        }

        OwnerOnly.Apply();
        using var folderLock = DataDirectoryLock.Take(directory, new StandaloneOptions { DataDirectory = directory }.SocketPaths);
        List<string> files =
            [.. kind is SchemaKind.State ? DataFolder.StateFilesIn(directory) : DataFolder.KnowledgeFilesIn(directory)];
        foreach (var file in files)
        {
            Migrate(file, kind, version);
        }

        return files;
    }

    private static void Migrate(string file, SchemaKind kind, int version)
    {
        try
        {
            if (kind is SchemaKind.Knowledge)
            {
                KnowledgeFile.MigrateTo(file, version);
                return;
            }

            using var connection = StateConnection.Open(file);
            connection.Execute("PRAGMA synchronous = FULL; PRAGMA secure_delete = ON");
            StateSchema.MigrateTo(connection, version);
        }
        catch (Exception exception) when (exception is SqliteException or InvalidDataException)
        {
            throw new DataDirectoryException($"{file} cannot be migrated: {exception.Message}.", exception);
        }
    }
}

/// <summary>A kind of file with tables of its own.</summary>
public enum SchemaKind
{
    /// <summary>The state of a service.</summary>
    State = 1,

    /// <summary>The knowledge base.</summary>
    Knowledge = 2,
}
