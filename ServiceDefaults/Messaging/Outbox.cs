using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using FaultMaven.ServiceDefaults.Storage;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>
/// Keeps messages with the state they tell of: both are written in one Redis transaction, so neither is ever there without the other. A
/// dispatcher publishes what was staged at least once.
/// </summary>
public sealed class Outbox
{
    /// <summary>The last part of the key of each slot's outbox.</summary>
    internal const string KeyName = "outbox";

    // One wake-up is as good as many; a full channel drops the surplus.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    internal Outbox(string service) => Service = service;

    /// <summary>Whose messages these are.</summary>
    public string Service { get; }

    internal ChannelReader<bool> Wake => _wake.Reader;

    /// <summary>Stages a message; it is published once <paramref name="transaction"/> has been executed.</summary>
    /// <param name="transaction">The transaction that writes the state, on keys of the same partition.</param>
    /// <param name="partition">The partition, as given to <see cref="RedisKeys.For"/>.</param>
    /// <param name="message">The message; a record that JSON can carry.</param>
    public void Stage(ITransaction transaction, string partition, object message)
    {
        var body = JsonSerializer.Serialize(message, message.GetType());
        var entry = new OutboxEntry(Guid.NewGuid(), message.GetType().AssemblyQualifiedName!, body, Activity.Current?.Id);
        _ = WakeAfter(transaction.ListRightPushAsync(RedisKeys.InSlotOf(Service, partition, KeyName), JsonSerializer.Serialize(entry)));
    }

    private async Task WakeAfter(Task pushed)
    {
        // Ends as cancelled when the transaction was not executed; then there is nothing to publish.
        await pushed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (pushed.IsCompletedSuccessfully)
        {
            _wake.Writer.TryWrite(true);
        }
    }
}

/// <summary>A message as it waits in Redis.</summary>
/// <param name="Id">Tells equal messages apart.</param>
/// <param name="Type">The assembly-qualified name of its type.</param>
/// <param name="Body">The message as JSON.</param>
/// <param name="TraceParent">The trace that staged it, so that its consumers are part of that trace. Null if there was none.</param>
internal sealed record OutboxEntry(Guid Id, string Type, string Body, string? TraceParent);
