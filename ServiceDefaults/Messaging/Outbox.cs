using System.Diagnostics;
using System.Threading.Channels;
using FaultMaven.ServiceDefaults.Storage;
using Google.Protobuf;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Keeps events with the state they are about: both are written in one Redis transaction, so neither is ever there without the other. A
/// dispatcher publishes what was staged at least once, in order within a partition.
/// </summary>
public sealed class Outbox
{
    // One wake-up is as good as many; a full channel drops the surplus.
    private readonly Channel<bool> _wake =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal Outbox(string service) => Service = service;

    /// <summary>Whose events these are.</summary>
    public string Service { get; }

    internal ChannelReader<bool> Wake => _wake.Reader;

    /// <summary>Stages an event; it is published once <paramref name="transaction"/> has been executed.</summary>
    /// <param name="transaction">The transaction that writes the state, on keys of the same partition.</param>
    /// <param name="partition">The partition, as given to <see cref="RedisKeys.For"/>.</param>
    /// <param name="message">A message of <c>faultmaven.events.v1</c>.</param>
    public void Stage(ITransaction transaction, string partition, IMessage message)
    {
        var entry = new OutboxEntry(Guid.NewGuid(), partition, message.Descriptor.FullName, message.ToByteArray(), Activity.Current?.Id);
        _ = WakeAfter(transaction.ListRightPushAsync(OutboxKeys.WaitingOf(Service, partition), entry.ToValue()));
    }

    /// <summary>Has the dispatcher look now.</summary>
    internal void WakeDispatcher() => _wake.Writer.TryWrite(true);

    private async Task WakeAfter(Task pushed)
    {
        // Ends as cancelled when the transaction was not executed; then there is nothing to publish.
        await pushed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pushed.IsCompletedSuccessfully)
        {
            WakeDispatcher();
        }
    }
}
