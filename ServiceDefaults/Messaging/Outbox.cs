using System.Diagnostics;
using System.Threading.Channels;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Keeps events with the state they are about: both are written in one transaction, so neither is ever there without the other. A
/// dispatcher publishes what was staged at least once, in order within a partition.
/// </summary>
public sealed class Outbox
{
    /// <summary>What the keys of waiting entries begin with, in the shards of the service's store.</summary>
    public const string WaitingPrefix = "outbox/waiting/";

    // One wake-up is as good as many; a full channel drops the surplus.
    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal Outbox(string service) => Service = service;

    /// <summary>Whose events these are.</summary>
    public string Service { get; }

    internal ChannelReader<bool> Wake => _wake.Reader;

    /// <summary>Stages an event about a partition; it is published once the transaction is committed.</summary>
    /// <param name="transaction">The transaction that writes the state of the partition.</param>
    /// <param name="message">A message of <c>faultmaven.events.v1</c>.</param>
    public void Stage(StateTransaction transaction, IMessage message)
    {
        var entry = new OutboxEntry(
            Guid.NewGuid(),
            $"{transaction.Partition}",
            message.Descriptor.FullName,
            message.ToByteArray(),
            CallIdentity.Onward ?? throw new InvalidOperationException("An event is about someone's work."),
            Activity.Current?.Id);
        transaction.Shard.Enqueue(WaitingPrefix, entry.ToBytes());
        transaction.AfterCommit(WakeDispatcher);
    }

    /// <summary>Has the dispatcher look now.</summary>
    internal void WakeDispatcher() => _wake.Writer.TryWrite(true);
}
