using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone.State;
using Microsoft.Extensions.Logging.Abstractions;

namespace FaultMaven.State.Tests.Sqlite;

/// <summary>Where a test opens a store more than once.</summary>
internal sealed class SqliteFolder : IDisposable
{
    private readonly DirectoryInfo _temporary = System.IO.Directory.CreateTempSubdirectory("fm-state-");

    /// <summary>Does not exist until a store is opened.</summary>
    public string Directory => Path.Combine(_temporary.FullName, "state");

    public string File => Path.Combine(Directory, "test.db");

    public string Log => File + "-wal";

    public static SqliteStateStore Open(string file, TimeProvider? time = null) =>
        new(file, time ?? TimeProvider.System, NullLogger.Instance);

    public SqliteStateStore Open(TimeProvider? time = null) => Open(File, time);

    /// <summary>The files as they are now, as a process that is killed leaves them.</summary>
    public string CopyNow()
    {
        var copy = Path.Combine(_temporary.CreateSubdirectory($"{Guid.NewGuid()}").FullName, "test.db");
        System.IO.File.Copy(File, copy);
        System.IO.File.Copy(Log, copy + "-wal");
        return copy;
    }

    public static Task<long?> CommitAsync(StateStore store, Partition partition, Action<StateTransaction> describe)
    {
        var transaction = new StateTransaction(partition);
        describe(transaction);
        return store.CommitAsync(transaction, TestContext.Current.CancellationToken);
    }

    public void Dispose() => _temporary.Delete(recursive: true);
}
