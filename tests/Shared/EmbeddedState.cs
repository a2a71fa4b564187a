using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaultMaven.Tests.Shared;

/// <summary>The stores of services as the standalone host has them, in a temporary folder that goes with them.</summary>
/// <param name="time">The stores' clock.</param>
public sealed class EmbeddedState(TimeProvider time) : IStateStoreProvider, IDisposable
{
    private readonly DirectoryInfo _directory = System.IO.Directory.CreateTempSubdirectory("fm-state-");
    private SqliteStateStoreProvider? _provider;

    /// <summary>Holds the files of the stores.</summary>
    public string Directory => _directory.FullName;

    public StateStore Open(string service)
    {
        _provider ??= new SqliteStateStoreProvider(_directory.FullName, time, NullLogger<SqliteStateStoreProvider>.Instance);
        return _provider.Open(service);
    }

    /// <summary>Closes the stores, so that the files hold all there is.</summary>
    public void Close()
    {
        _provider?.Dispose();
        _provider = null;
    }

    public void Dispose()
    {
        Close();
        _directory.Delete(recursive: true);
    }
}
