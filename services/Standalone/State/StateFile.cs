using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FaultMaven.Standalone.State;

/// <summary>The SQLite file of a store: how it is made and opened, and what its failures mean.</summary>
internal sealed class StateFile(string path)
{
    /// <summary>Below this, an error of input or output is taken for a full disk.</summary>
    private const long NoRoom = 1024 * 1024;

    /// <summary>Opens the connection that writes, and makes the file, for this user alone, if it does not exist.</summary>
    /// <returns>The connection, and the version of the last transaction.</returns>
    /// <exception cref="DataDirectoryException">It cannot be used.</exception>
    public (StateConnection Connection, long Version) OpenWriter()
    {
        StateConnection? connection = null;
        try
        {
            Make();
            connection = StateConnection.Open(path);

            // Takes effect only in a file without tables: what a deleted case took can be given back to the disk.
            connection.Execute("PRAGMA auto_vacuum = INCREMENTAL");

            // FULL, because the default with a write-ahead log may lose the last commits when the power fails; fullfsync, because
            // macOS otherwise leaves them in the drive. What is deleted is overwritten, as it may be a secret. The log is folded into
            // the file when it has 4 MB, and cut when it once had more. 4 MB of cache.
            connection.Execute(
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA fullfsync = ON;
                PRAGMA secure_delete = ON;
                PRAGMA wal_autocheckpoint = 1000;
                PRAGMA journal_size_limit = 16777216;
                PRAGMA cache_size = -4096;
                PRAGMA mmap_size = 0;
                """);
            StateSchema.Migrate(connection, Path.GetFileNameWithoutExtension(path));
            return (connection, connection.Number("SELECT version FROM counter"));
        }
        catch (Exception exception) when (
            exception is SqliteException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            connection?.Dispose();
            throw Unusable(exception);
        }
    }

    /// <summary>Opens a connection that reads, while a writer has the file open.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public StateConnection OpenReader()
    {
        var connection = StateConnection.Open(path);
        try
        {
            connection.Execute("PRAGMA query_only = ON; PRAGMA cache_size = -1024; PRAGMA mmap_size = 0");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>What callers are given for an error of SQLite (https://www.sqlite.org/rescode.html).</summary>
    public StateStoreException Failure(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => Full(exception),
        raw.SQLITE_IOERR when HasNoRoom() => Full(exception),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new StateStoreException(
            StoreFailureKind.Away,
            $"{path} is damaged ({exception.Message}). Stop, keep the data folder for inspection, and restore a copy of it.",
            exception),
        _ => new StateStoreException(StoreFailureKind.Away, $"{path} cannot be used now ({exception.Message}).", exception),
    };

    private StateStoreException Full(SqliteException exception) =>
        new(StoreFailureKind.Full, $"The disk of {path} is full; free some space, then retry.", exception);

    private bool HasNoRoom() => new DriveInfo(Path.GetDirectoryName(path)!).AvailableFreeSpace < NoRoom;

    private DataDirectoryException Unusable(Exception exception)
    {
        var message = exception switch
        {
            InvalidDataException => $"{path} cannot be used: {exception.Message}, or name another data folder.",
            SqliteException { SqliteErrorCode: raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB } =>
                $"{path} is damaged ({exception.Message}). Keep the data folder for inspection, and restore a copy of it or name another.",
            SqliteException sqlite when Failure(sqlite).Kind is StoreFailureKind.Full =>
                $"The disk of {path} is full; free some space, or name another data folder.",
            IOException io when DiskSpace.IsExhausted(io) => $"The disk of {path} is full; free some space, or name another data folder.",
            _ => $"{path} cannot be opened for writing ({exception.Message}). Make its folder writable for this user, or name another.",
        };
        return new DataDirectoryException(message, exception);
    }

    // SQLite gives the files beside it the mode of this one.
    private void Make()
    {
        var directory = Path.GetDirectoryName(path)!;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        if (!File.Exists(path))
        {
            using var file = new FileStream(path, options);
        }
    }
}
