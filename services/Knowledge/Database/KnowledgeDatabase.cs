using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FaultMaven.Knowledge.Database;

/// <summary>
/// The SQLite file of a tenant's knowledge base. One writer at a time, any number of readers. What a write has returned from
/// survives a crash of the process and of the machine.
/// </summary>
internal sealed class KnowledgeDatabase : IDisposable
{
    // The log goes before its file: by itself it would be taken for that of the next file of this name.
    private static readonly string[] s_suffixes = ["-wal", "-shm", ""];

    private readonly string _path;
    private readonly string _directory;
    private readonly string _connectionString;
    private readonly SemaphoreSlim _writer = new(1);
    private volatile bool _migrated;

    /// <param name="path">The file, made when it is missing.</param>
    public KnowledgeDatabase(string path)
    {
        _path = path;
        _directory = Path.GetDirectoryName(path)!;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            ForeignKeys = true,
            // How long to wait for another process that holds the lock, in seconds.
            DefaultTimeout = 5,
        }.ToString();
    }

    /// <summary>Runs queries on one consistent view of the database, off the calling thread.</summary>
    /// <exception cref="KnowledgeDatabaseException">The database does not work.</exception>
    public async Task<T> ReadAsync<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        await EnsureMigratedAsync(cancellationToken);
        return await RunAsync(
            connection =>
            {
                using var view = connection.BeginTransaction(deferred: true);
                return read(connection);
            },
            cancellationToken);
    }

    /// <summary>Runs a write in a transaction, committed when it returns and rolled back when it throws, off the calling thread.</summary>
    /// <exception cref="KnowledgeDatabaseException">The database does not work; nothing was written.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> write, CancellationToken cancellationToken)
    {
        await EnsureMigratedAsync(cancellationToken);
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return await RunAsync(
                connection =>
                {
                    using var transaction = connection.BeginTransaction();
                    var result = write(connection);
                    transaction.Commit();
                    return result;
                },
                cancellationToken);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Deletes the file, after the write that runs. Returns 1, or 0 if there was none.</summary>
    public async Task<long> DeleteAsync(CancellationToken cancellationToken)
    {
        await _writer.WaitAsync(cancellationToken);
        try
        {
            using (var connection = new SqliteConnection(_connectionString))
            {
                SqliteConnection.ClearPool(connection);
            }

            if (!File.Exists(_path))
            {
                return 0;
            }

            foreach (var suffix in s_suffixes)
            {
                File.Delete(_path + suffix);
            }

            return 1;
        }
        finally
        {
            _writer.Release();
        }
    }

    public void Dispose()
    {
        using (var connection = new SqliteConnection(_connectionString))
        {
            SqliteConnection.ClearPool(connection);
        }

        _writer.Dispose();
    }

    // At first use, not at start: a damaged knowledge base must not keep a process from serving what does not need it. Until then
    // readiness says so.
    private async Task EnsureMigratedAsync(CancellationToken cancellationToken)
    {
        if (_migrated)
        {
            return;
        }

        await _writer.WaitAsync(cancellationToken);
        try
        {
            if (!_migrated)
            {
                await RunAsync(
                    connection =>
                    {
                        KnowledgeSchema.Migrate(connection);
                        return true;
                    },
                    cancellationToken);
                _migrated = true;
            }
        }
        finally
        {
            _writer.Release();
        }
    }

    // Private, as its files have the mode that the process gives them. A folder that is there already keeps its mode.
    private void MakeDirectory()
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_directory);
        }
        else
        {
            Directory.CreateDirectory(_directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                MakeDirectory();
                using var connection = new SqliteConnection(_connectionString);
                connection.Open();
                // The default with WAL may be NORMAL, which loses the last commits when the power fails.
                connection.Execute("PRAGMA synchronous = FULL");
                using var interruption = cancellationToken.Register(() => raw.sqlite3_interrupt(connection.Handle));
                return work(connection);
            }
            catch (SqliteException) when (cancellationToken.IsCancellationRequested)
            {
                throw new OperationCanceledException(cancellationToken);
            }
            catch (SqliteException exception) when (FailureOf(exception) is { } failure)
            {
                throw new KnowledgeDatabaseException(failure, exception);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new KnowledgeDatabaseException(KnowledgeDatabaseFailure.Unavailable, exception);
            }
        },
        cancellationToken);

    /// <summary>What an error of SQLite (sqlite.org/rescode.html) means; null if it is our bug.</summary>
    private static KnowledgeDatabaseFailure? FailureOf(SqliteException exception) => exception.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => KnowledgeDatabaseFailure.Full,
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_CANTOPEN or raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB or raw.SQLITE_IOERR
            or raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH or raw.SQLITE_PROTOCOL => KnowledgeDatabaseFailure.Unavailable,
        _ => null,
    };
}
