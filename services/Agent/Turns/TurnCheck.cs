using System.Text;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using Google.Protobuf;

namespace FaultMaven.Agents.Turns;

/// <summary>Verifies that each turn of a case can be read, and that its events have no gaps.</summary>
internal sealed class TurnCheck : IStateCheck
{
    public string Service => ResourceNames.Agent;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        await foreach (var entry in snapshot.ReadEntriesAsync(partition, TurnKeys.Index, cancellationToken))
        {
            findings.Count("turns");
            var name = new TurnName(new CaseName(partition.Name), Encoding.UTF8.GetString(entry.Span));
            if (await snapshot.FindAsync(partition, TurnKeys.Turn(name), cancellationToken) is not { } record
                || !CanRead(Proto.Turn.Parser, record.Value, out _))
            {
                findings.Report($"{name} is missing or cannot be read.");
            }

            await CheckEventsAsync(snapshot, partition, name, findings, cancellationToken);
        }
    }

    private static async Task CheckEventsAsync(
        StateStore snapshot, Partition partition, TurnName name, StateFindings findings, CancellationToken cancellationToken)
    {
        var sequence = 0L;
        await foreach (var entry in snapshot.ReadEntriesAsync(partition, TurnKeys.Events(name), cancellationToken))
        {
            sequence++;
            findings.Count("events");
            if (!CanRead(Proto.TurnEvent.Parser, entry, out var turnEvent))
            {
                findings.Report($"Event {sequence} of {name} cannot be read.");
            }
            else if (turnEvent.Sequence != sequence)
            {
                findings.Report($"{name} has event {turnEvent.Sequence} where event {sequence} should be.");
            }
        }
    }

    private static bool CanRead<T>(
        MessageParser<T> parser, ReadOnlyMemory<byte> bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? message)
        where T : class, IMessage<T>
    {
        try
        {
            message = parser.ParseFrom(bytes.Span);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            message = null;
            return false;
        }
    }
}
