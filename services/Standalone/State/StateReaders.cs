using System.Collections.Concurrent;
using FaultMaven.ServiceDefaults.State;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Standalone.State;

/// <summary>A few connections that read. They see the last commit and never wait for the writer.</summary>
internal sealed class StateReaders(StateFile file) : IDisposable
{
    private const int Count = 4;

    private readonly SemaphoreSlim _free = new(Count);

    // The one that was used last has its pages in memory.
    private readonly ConcurrentStack<StateConnection> _connections = new();

    /// <summary>
    /// Reads with a connection, on the calling thread: what is read is mostly in memory, and then done sooner than another thread would
    /// begin.
    /// </summary>
    /// <exception cref="StateStoreException">The file cannot be read.</exception>
    public async Task<T> ReadAsync<T>(Func<StateConnection, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return Read(read);
        }
        catch (SqliteException exception)
        {
            throw file.Failure(exception);
        }
        finally
        {
            _free.Release();
        }
    }

    public void Dispose()
    {
        // Until the last reader is done.
        for (var i = 0; i < Count; i++)
        {
            _free.Wait();
        }

        foreach (var connection in _connections)
        {
            connection.Dispose();
        }

        _free.Dispose();
    }

    private T Read<T>(Func<StateConnection, T> read)
    {
        if (!_connections.TryPop(out var connection))
        {
            connection = file.OpenReader();
        }

        T result;
        try
        {
            result = read(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        _connections.Push(connection);
        return result;
    }
}
