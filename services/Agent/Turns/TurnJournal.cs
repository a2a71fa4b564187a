namespace FaultMaven.Agents.Turns;

/// <summary>
/// Writes the events of a turn. A turn that is run again writes the same events again, because the analyst is deterministic; those that
/// were recorded before the crash are not repeated.
/// </summary>
internal sealed class TurnJournal(TurnStore store, TurnName name, string lease, long recorded)
{
    private long _sequence;

    /// <exception cref="TurnLostException">The turn was cancelled or is another worker's now.</exception>
    public async Task AddAsync(Proto.TurnEvent added)
    {
        if (++_sequence <= recorded)
        {
            return;
        }

        if (!await store.TryAppendAsync(name, store.Stamp(added, _sequence), lease))
        {
            throw new TurnLostException();
        }
    }

    /// <inheritdoc cref="AddAsync"/>
    public async Task EndAsync(Proto.TurnEvent last, Proto.Turn.Types.State state)
    {
        // A second run over other evidence may be shorter than the first; its end comes after all that was recorded.
        var sequence = Math.Max(_sequence, recorded) + 1;
        if (!await store.TryEndAsync(name, store.Stamp(last, sequence), state, lease))
        {
            throw new TurnLostException();
        }
    }
}

/// <summary>The turn is no longer this worker's: it was cancelled, or another took it over.</summary>
internal sealed class TurnLostException : Exception;
