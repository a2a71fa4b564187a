using System.Text.Json;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>Verifies that the events of a service that wait, and its dead letters, can be read.</summary>
/// <param name="service">The service.</param>
public sealed class OutboxCheck(string service) : IStateCheck
{
    /// <inheritdoc/>
    public string Service => service;

    /// <inheritdoc/>
    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        if (!snapshot.Shards.Contains(partition))
        {
            return;
        }

        await foreach (var record in snapshot.ReadRecordsAsync(partition, Outbox.WaitingPrefix, cancellationToken))
        {
            findings.Count("waiting events");
            if (!IsReadable(record.Value))
            {
                findings.Report($"The event {record.Key} that waits in the outbox cannot be read.");
            }
        }

        await foreach (var record in snapshot.ReadRecordsAsync(partition, OutboxStore.DeadPrefix, cancellationToken))
        {
            // Its event may be the reason why it is dead.
            findings.Count("dead letters");
            if (!IsLetter(record.Value))
            {
                findings.Report($"The dead letter {record.Key} cannot be read.");
            }
        }
    }

    private static bool IsReadable(ReadOnlyMemory<byte> value)
    {
        try
        {
            OutboxEntry.Read(value).ReadEvent();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or UnknownEventException or InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static bool IsLetter(ReadOnlyMemory<byte> value)
    {
        try
        {
            DeadLetter.Read(value);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
