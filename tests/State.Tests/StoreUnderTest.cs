using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests;

/// <summary>A store that a class of tests has to itself; its shards are shared by the tests of the class.</summary>
public abstract class StoreUnderTest : IAsyncLifetime
{
    public abstract StateStore Store { get; }

    /// <summary>A short lifetime, after which <see cref="AdvanceAsync"/> can make a record expire.</summary>
    public virtual TimeSpan Moment => TimeSpan.FromMinutes(1);

    /// <summary>Whether time goes on only in <see cref="AdvanceAsync"/>.</summary>
    public virtual bool ControlsTime => true;

    /// <summary>Returns when at least this much time has passed.</summary>
    public abstract Task AdvanceAsync(TimeSpan time);

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    /// <summary>A partition that no other test uses.</summary>
    public static Partition NewPartition() => new Partition(Partition.LocalTenant, $"cases/{Guid.NewGuid()}");

    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static string[] Texts(IEnumerable<ReadOnlyMemory<byte>> values) => [.. values.Select(v => Encoding.UTF8.GetString(v.Span))];

    /// <summary>Commits what <paramref name="describe"/> adds to a transaction.</summary>
    public Task<long?> CommitAsync(Partition partition, Action<StateTransaction> describe)
    {
        var transaction = new StateTransaction(partition);
        describe(transaction);
        return Store.CommitAsync(transaction, TestContext.Current.CancellationToken);
    }
}
