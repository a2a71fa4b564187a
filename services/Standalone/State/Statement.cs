using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FaultMaven.Standalone.State;

/// <summary>
/// A prepared statement with parameters from 1 on and columns from 0 on. Disposing of it makes it ready for the next use; it is
/// finalised with its connection.
/// </summary>
internal sealed class Statement(sqlite3 database, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Binds a whole number, or NULL.</summary>
    public Statement Bind(int parameter, long? value)
    {
        Check(value is { } number
            ? raw.sqlite3_bind_int64(handle, parameter, number)
            : raw.sqlite3_bind_null(handle, parameter));
        return this;
    }

    /// <summary>Binds text.</summary>
    public Statement Bind(int parameter, string text)
    {
        Check(raw.sqlite3_bind_text(handle, parameter, text));
        return this;
    }

    /// <summary>Binds a blob.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        // The pointer of an empty span may be null, which would bind NULL.
        Check(blob.IsEmpty
            ? raw.sqlite3_bind_zeroblob(handle, parameter, 0)
            : raw.sqlite3_bind_blob(handle, parameter, blob));
        return this;
    }

    /// <summary>Goes on to the next row. False after the last.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(handle);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw Failure(database, result);
        }

        return result is raw.SQLITE_ROW;
    }

    /// <summary>Runs it to its end.</summary>
    public void Run()
    {
        while (Step())
        {
            // A pragma may return rows that say nothing new.
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string();

    /// <summary>A blob; valid until the next step.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    public void Dispose()
    {
        // Returns the error of the last step again, which was thrown then.
        _ = raw.sqlite3_reset(handle);
        _ = raw.sqlite3_clear_bindings(handle);
    }

    /// <summary>Frees it.</summary>
    public void Close() => handle.Dispose();

    public static SqliteException Failure(sqlite3 database, int result) =>
        new(raw.sqlite3_errmsg(database).utf8_to_string(), result & 0xff, result);

    /// <exception cref="SqliteException">The result is another than <c>SQLITE_OK</c>.</exception>
    public static void Check(int result, sqlite3 database)
    {
        if (result is not raw.SQLITE_OK)
        {
            throw Failure(database, result);
        }
    }

    private void Check(int result)
    {
        if (result is not raw.SQLITE_OK)
        {
            throw Failure(database, result);
        }
    }
}
