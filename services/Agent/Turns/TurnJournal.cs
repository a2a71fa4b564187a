using FaultMaven.Protos.Names;

namespace FaultMaven.Agents.Turns;

/// <summary>
/// Collects the events of a turn and writes them in batches. A turn that is run again adds the same events again, because the analyst is
/// deterministic; those that were written before the crash are not repeated.
/// </summary>
internal sealed class TurnJournal(TurnStore store, TurnName name, StoredTurn found, string lease)
{
    private readonly Proto.Turn _turn = found.Turn.Clone();
    private readonly List<Proto.TurnEvent> _pending = [];
    private long _sequence;

    /// <summary>Adds an event, to be written with the next batch.</summary>
    public void Add(Proto.TurnEvent added)
    {
        if (added.PhaseEntered is { } entered)
        {
            _turn.Phase = entered.Phase;
        }

        if (++_sequence > found.Recorded)
        {
            _pending.Add(store.Stamp(added, _sequence));
        }
    }

    /// <summary>Writes what was added, so that watchers see it. Called before anything that takes long.</summary>
    /// <exception cref="TurnLostException">The turn was cancelled or deleted, or another worker has it.</exception>
    public async Task FlushAsync()
    {
        if (_pending.Count > 0)
        {
            await WriteAsync(prepared: null);
        }
    }

    /// <summary>
    /// Writes what was added together with the answer, and publishes the answer for the case. From then on the turn ends with this answer,
    /// also if another worker has to end it.
    /// </summary>
    /// <returns>The event of the answer, not yet in the turn's stream; its time is the time of this call.</returns>
    /// <inheritdoc cref="FlushAsync" path="/exception"/>
    public async Task<Proto.TurnEvent> PrepareAsync(Proto.Answer answer)
    {
        var prepared = store.Stamp(new() { Completed = answer }, sequence: 0);
        await WriteAsync(prepared);
        return prepared;
    }

    /// <summary>Writes what was added and the last event, and ends the turn.</summary>
    /// <inheritdoc cref="FlushAsync" path="/exception"/>
    public async Task<Proto.Turn> EndAsync(Proto.TurnEvent last, Proto.Turn.Types.State state)
    {
        _sequence = Math.Max(_sequence, found.Recorded) + 1;
        _pending.Add(store.Stamp(last, _sequence));
        if (!await store.TryEndAsync(name, _turn, _pending, state, lease))
        {
            throw new TurnLostException();
        }

        var ended = _turn.Clone();
        ended.State = state;
        ended.EndTime = _pending[^1].CreateTime;
        return ended;
    }

    private async Task WriteAsync(Proto.TurnEvent? prepared)
    {
        var before = Math.Max(_sequence, found.Recorded) - _pending.Count;
        if (!await store.TryAppendAsync(name, _turn, before, _pending, prepared, lease))
        {
            throw new TurnLostException();
        }

        _pending.Clear();
    }
}

/// <summary>The turn does not belong to this worker any more: it was cancelled or deleted, or another worker has it.</summary>
internal sealed class TurnLostException : Exception;
