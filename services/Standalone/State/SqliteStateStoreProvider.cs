using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>Keeps the state of each service in a file of its own in one folder, which this process has to itself.</summary>
internal sealed class SqliteStateStoreProvider(string directory, TimeProvider time, ILogger<SqliteStateStoreProvider> logger)
    : IStateStoreProvider, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, SqliteStateStore> _stores = [];

    /// <inheritdoc/>
    /// <exception cref="DataDirectoryException">The file cannot be used.</exception>
    public StateStore Open(string service)
    {
        lock (_lock)
        {
            if (!_stores.TryGetValue(service, out var store))
            {
                store = new SqliteStateStore(Path.Combine(directory, $"{service}.db"), time, logger);
                _stores.Add(service, store);
            }

            return store;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var store in _stores.Values)
            {
                store.Dispose();
            }
        }
    }
}
