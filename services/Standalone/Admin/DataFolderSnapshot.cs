using FaultMaven.Knowledge;
using FaultMaven.Standalone.State;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Standalone.Admin;

/// <summary>
/// All SQLite files of a data folder as they were at one moment, while a server may be writing to them: all of them are kept from being
/// written until each has been begun to read, which takes milliseconds. So an event is either in the outbox of its service or with its
/// consumer.
/// </summary>
internal sealed class DataFolderSnapshot : IDisposable
{
    private readonly List<SnapshotFile> _files = [];

    private DataFolderSnapshot()
    {
    }

    /// <summary>The files, those of state first.</summary>
    public IReadOnlyList<SnapshotFile> Files => _files;

    /// <summary>Takes a snapshot.</summary>
    /// <param name="directory">The data folder.</param>
    /// <param name="time">The clock, for what has expired.</param>
    /// <param name="meanwhile">Done while nothing can be written; it must be short.</param>
    /// <exception cref="DataDirectoryException">A file cannot be read, or is busy for long.</exception>
    public static DataFolderSnapshot Take(string directory, TimeProvider time, Action meanwhile)
    {
        var snapshot = new DataFolderSnapshot();
        var gates = new List<StateConnection>();
        var at = directory;
        try
        {
            var paths = PathsIn(directory).ToList();
            foreach (var path in paths)
            {
                at = path;
                gates.Add(StateConnection.Open(path));
                gates[^1].Execute("BEGIN IMMEDIATE");
            }

            foreach (var path in paths)
            {
                at = path;
                snapshot._files.Add(new SnapshotFile(directory, path, time.GetUtcNow()));
            }

            meanwhile();
            return snapshot;
        }
        catch (SqliteException exception)
        {
            snapshot.Dispose();
            throw new DataDirectoryException(new StateFile(at).Failure(exception).Message, exception);
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
        finally
        {
            // It ends their transactions, which have changed nothing.
            gates.ForEach(gate => gate.Dispose());
        }
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private static IEnumerable<string> PathsIn(string directory) =>
        DataFolder.StateFilesIn(directory).Concat(DataFolder.KnowledgeFilesIn(directory));
}

/// <summary>A SQLite file as it was at one moment.</summary>
internal sealed class SnapshotFile : IDisposable
{
    public SnapshotFile(string directory, string path, DateTimeOffset now)
    {
        FullPath = path;
        RelativePath = Path.GetRelativePath(directory, path).Replace(Path.DirectorySeparatorChar, '/');
        Service = RelativePath.StartsWith($"{DataFolder.State}/", StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(path) : null;
        Connection = StateConnection.Open(path);
        try
        {
            Connection.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -4096; BEGIN");

            // A transaction sees the file as it is at its first read.
            SchemaVersion = (int)Connection.Number("PRAGMA user_version");
            _ = Connection.Number("SELECT count(*) FROM sqlite_schema");
        }
        catch
        {
            Connection.Dispose();
            throw;
        }

        Time = now;
        State = Service is null ? null : new StateSnapshot(Connection, now);
    }

    /// <summary>When it was as it is here.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Where it is.</summary>
    public string FullPath { get; }

    /// <summary>Where it is in the data folder, with slashes.</summary>
    public string RelativePath { get; }

    /// <summary>Whose state it is; null for the knowledge base.</summary>
    public string? Service { get; }

    /// <summary>The version of its tables.</summary>
    public int SchemaVersion { get; }

    /// <summary>The version of its tables that this program writes.</summary>
    public int KnownVersion => Service is null ? KnowledgeFile.SchemaVersion : StateSchema.Version;

    /// <summary>Reads it.</summary>
    public StateConnection Connection { get; }

    /// <summary>The store in it; null for the knowledge base.</summary>
    public StateSnapshot? State { get; }

    public void Dispose() => Connection.Dispose();
}
