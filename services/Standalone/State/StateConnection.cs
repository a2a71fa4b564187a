using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FaultMaven.Standalone.State;

/// <summary>A connection to the file of a store. One thread at a time uses it.</summary>
internal sealed class StateConnection : IDisposable
{
    private const int PagesAtOnce = 1024;

    private readonly sqlite3 _handle;
    private readonly Dictionary<string, Statement> _statements = [];

    static StateConnection() => Batteries_V2.Init();

    private StateConnection(sqlite3 handle) => _handle = handle;

    /// <summary>Whether a transaction is open.</summary>
    public bool IsInTransaction => raw.sqlite3_get_autocommit(_handle) == 0;

    /// <summary>The id of the row that was inserted last.</summary>
    public long LastId => raw.sqlite3_last_insert_rowid(_handle);

    /// <summary>Opens a file that exists.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    public static StateConnection Open(string path)
    {
        var result = raw.sqlite3_open_v2(path, out var handle, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (result is not raw.SQLITE_OK)
        {
            using (handle)
            {
                throw Statement.Failure(handle, result);
            }
        }

        _ = raw.sqlite3_extended_result_codes(handle, 1);

        // Only a checkpoint and the opening of another connection hold a lock that anyone waits for, and not long.
        _ = raw.sqlite3_busy_timeout(handle, 5000);
        return new StateConnection(handle);
    }

    /// <summary>The statement of a constant text, prepared at its first use. It must have been disposed of before its next use.</summary>
    public Statement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            var result = raw.sqlite3_prepare_v3(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
            if (result is not raw.SQLITE_OK)
            {
                throw Statement.Failure(_handle, result);
            }

            statement = new Statement(_handle, handle);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a statement that is needed often.</summary>
    public void Run(string sql)
    {
        using var statement = Prepare(sql);
        statement.Run();
    }

    /// <summary>Runs statements that are needed once.</summary>
    public void Execute(string sql)
    {
        var result = raw.sqlite3_exec(_handle, sql);
        if (result is not raw.SQLITE_OK)
        {
            throw Statement.Failure(_handle, result);
        }
    }

    /// <summary>The number in the first column of the first row; 0 if there is no row.</summary>
    public long Number(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>
    /// Writes all of the file, as this connection's transaction sees it, into a new file. Others may write to the original meanwhile.
    /// </summary>
    public void CopyTo(string path, CancellationToken cancellationToken)
    {
        const int Flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        Statement.Check(raw.sqlite3_open_v2(path, out var target, Flags, null), target);
        using (target)
        {
            // Whoever needs it on the disk flushes it once, at the end.
            Statement.Check(raw.sqlite3_exec(target, "PRAGMA synchronous = OFF"), target);
            using var copy = raw.sqlite3_backup_init(target, "main", _handle, "main");
            int result;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                result = raw.sqlite3_backup_step(copy, PagesAtOnce);
            }
            while (result is raw.SQLITE_OK);

            if (result is not raw.SQLITE_DONE)
            {
                throw Statement.Failure(target, result);
            }
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _handle.Dispose();
    }
}
