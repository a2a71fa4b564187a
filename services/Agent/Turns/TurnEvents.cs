using System.Runtime.CompilerServices;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.Agents.Turns;

/// <summary>Follows the events of turns, whichever process adds them.</summary>
internal sealed class TurnEvents(TurnStore store)
{
    /// <summary>The events after <paramref name="afterSequence"/>, past ones first, up to the turn's last.</summary>
    public async IAsyncEnumerable<Proto.TurnEvent> WatchAsync(
        TurnName name, long afterSequence, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in store.FollowEventsAsync(name, afterSequence, cancellationToken))
        {
            foreach (var entry in batch)
            {
                var next = Proto.TurnEvent.Parser.ParseFrom(entry.Span);
                yield return next;
                afterSequence = next.Sequence;
                if (next.PayloadCase is Proto.TurnEvent.PayloadOneofCase.Completed or Proto.TurnEvent.PayloadOneofCase.Failed)
                {
                    yield break;
                }
            }

            if (batch.Count == 0 && await HasEndedAsync(name, afterSequence))
            {
                yield break;
            }
        }
    }

    // A caller that has seen the last event waits for nothing; so does one whose turn was deleted with its case.
    private async Task<bool> HasEndedAsync(TurnName name, long afterSequence)
    {
        var turn = await store.FindAsync(name) ?? throw RpcFault.NotFound(ErrorReason.TurnNotFound, name.ToString());
        return turn.State != Proto.Turn.Types.State.Running && await store.CountEventsAsync(name) <= afterSequence;
    }
}
