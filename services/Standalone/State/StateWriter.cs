using System.Collections.Concurrent;
using FaultMaven.ServiceDefaults.State;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Standalone.State;

/// <summary>
/// The one that writes to a store's file, in a thread of its own. All transactions that wait are committed together: the disk takes as
/// long for many as for one.
/// </summary>
internal sealed partial class StateWriter : IDisposable
{
    /// <summary>How many transactions may wait; callers beyond wait for a place.</summary>
    private const int MaxWaiting = 1024;

    private const int MaxGroup = 256;
    private const long MaxGroupSize = 8 * 1024 * 1024;

    private readonly StateFile _file;
    private readonly StateConnection _connection;
    private readonly StateSweep _sweep;
    private readonly StateWatches _watches;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _room = new(MaxWaiting);

    // Null asks for a sweep.
    private readonly BlockingCollection<PendingCommit?> _queue = [];
    private readonly ITimer _sweepTimer;
    private readonly Thread _thread;
    private long _version;

    /// <summary>Opens the file.</summary>
    /// <exception cref="DataDirectoryException">It cannot be used.</exception>
    public StateWriter(StateFile file, StateWatches watches, TimeProvider time, ILogger logger)
    {
        _file = file;
        _watches = watches;
        _time = time;
        _logger = logger;
        (_connection, _version) = file.OpenWriter();
        _sweep = new StateSweep(_connection);
        _sweepTimer = time.CreateTimer(_ => AskForSweep(), null, StateSweep.Interval, StateSweep.Interval);
        _thread = new Thread(Run) { IsBackground = true, Name = "State writer" };
        _thread.Start();
    }

    /// <inheritdoc cref="StateStore.CommitAsync"/>
    public async Task<long?> CommitAsync(StateTransaction transaction, Partition shard, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken);
        var commit = new PendingCommit(transaction, shard);
        ObjectDisposedException.ThrowIf(!TryAdd(commit), typeof(SqliteStateStore));

        using (cancellationToken.Register(() => commit.TryCancel(cancellationToken)))
        {
            return await commit.Done;
        }
    }

    /// <summary>Commits what waits and closes the file.</summary>
    public void Dispose()
    {
        _sweepTimer.Dispose();
        _queue.CompleteAdding();
        _thread.Join();
    }

    private bool TryAdd(PendingCommit? item)
    {
        try
        {
            _queue.Add(item);
            return true;
        }
        catch (InvalidOperationException) when (_queue.IsAddingCompleted)
        {
            return false;
        }
    }

    private void AskForSweep() => TryAdd(null);

    private void Run()
    {
        var group = new List<PendingCommit>();
        while (!_queue.IsCompleted)
        {
            // A sweep goes on a piece at a time between groups, and with nothing else to do at once.
            if (_queue.TryTake(out var first, _sweep.IsDue ? 0 : Timeout.Infinite))
            {
                Gather(first, group);
                Commit(group);
                group.Clear();
            }

            if (_sweep.IsDue)
            {
                Sweep();
            }
        }

        Close();
    }

    private void Gather(PendingCommit? first, List<PendingCommit> group)
    {
        var item = first;
        var size = 0L;
        do
        {
            if (item is null)
            {
                _sweep.IsDue = true;
                continue;
            }

            _room.Release();
            if (item.TryBegin())
            {
                group.Add(item);
                size += item.Size;
            }
        }
        while (group.Count < MaxGroup && size < MaxGroupSize && _queue.TryTake(out item));
    }

    private void Commit(List<PendingCommit> group)
    {
        if (group.Count == 0)
        {
            return;
        }

        if (TryWrite(group, out var failure))
        {
            group.ForEach(Complete);
        }
        else if (group.Count == 1)
        {
            group[0].Fail(failure);
        }
        else
        {
            // What one of them does wrong, or takes too much room for, is not the others' failure.
            foreach (var commit in group)
            {
                Commit([commit]);
            }
        }
    }

    private bool TryWrite(List<PendingCommit> group, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out Exception? failure)
    {
        try
        {
            Rollback();
            _connection.Run("BEGIN IMMEDIATE");
            foreach (var commit in group)
            {
                Make(commit);
            }

            using (var count = _connection.Prepare("UPDATE counter SET version = ?1"))
            {
                count.Bind(1, _version).Run();
            }

            _connection.Run("COMMIT");
            failure = null;
            return true;
        }
        catch (SqliteException exception)
        {
            failure = _file.Failure(exception);
        }
        catch (Exception exception)
        {
            // A change that cannot be made, such as adding to a record that is no number. Whoever asked for it is given it.
            failure = exception;
        }

        TryRollback();
        return false;
    }

    private void Make(PendingCommit commit)
    {
        commit.Version = null;
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var (transaction, shared) = (commit.Transaction, commit.Transaction.Shard);
        var version = ++_version;
        var own = new PartitionWriter(_connection, transaction.Partition, version, now);
        var shard = commit.Shard == transaction.Partition ? own : new PartitionWriter(_connection, commit.Shard, version, now);
        if (!transaction.Conditions.All(own.Holds) || !shared.Conditions.All(shard.Holds))
        {
            return;
        }

        foreach (var change in transaction.Changes)
        {
            own.Make(change);
        }

        foreach (var change in shared.Changes)
        {
            shard.Make(change);
        }

        _sweep.HasErased |= own.Finish() | shard.Finish();
        commit.Version = version;
    }

    private void Complete(PendingCommit commit)
    {
        commit.Complete();
        if (commit.Version is null)
        {
            return;
        }

        if (commit.Transaction.Changes.Count > 0)
        {
            _watches.Notify(commit.Transaction.Partition);
        }

        if (commit.Transaction.Shard.Changes.Count > 0)
        {
            _watches.Notify(commit.Shard);
        }
    }

    private void Sweep()
    {
        try
        {
            Rollback();
            _sweep.Go(_time.GetUtcNow());
        }
        catch (SqliteException exception)
        {
            TryRollback();
            _sweep.IsDue = false;
            LogNotSwept(_file.Failure(exception));
        }
    }

    // A rollback that failed before would keep every transaction after it from beginning.
    private void Rollback()
    {
        if (_connection.IsInTransaction)
        {
            _connection.Run("ROLLBACK");
        }
    }

    private void TryRollback()
    {
        try
        {
            Rollback();
        }
        catch (SqliteException exception)
        {
            LogNotRolledBack(exception);
        }
    }

    private void Close()
    {
        try
        {
            Rollback();
            _connection.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException exception)
        {
            // What is committed is in the log beside the file, and the next start takes it from there.
            LogNotFolded(exception);
        }

        _connection.Dispose();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What has expired could not be deleted; it is tried again in a minute.")]
    private partial void LogNotSwept(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A transaction could not be rolled back; it is tried again before the next one.")]
    private partial void LogNotRolledBack(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The write-ahead log could not be folded into its file; the next start does it.")]
    private partial void LogNotFolded(Exception exception);
}
