using System.Collections.Concurrent;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>The requests with an id that this process is carrying out, so that the same request again waits for the first.</summary>
internal sealed class RequestFlights
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]?>> _flights = new(StringComparer.Ordinal);

    /// <summary>Begins a request.</summary>
    /// <returns>
    /// Null if no one else carries it out here: the caller must <see cref="End"/> it. Otherwise what to wait for: the record of the
    /// answer, or null if there is none and the request may be begun again.
    /// </returns>
    public Task<byte[]?>? Begin(string key)
    {
        var flight = new TaskCompletionSource<byte[]?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var current = _flights.GetOrAdd(key, flight);
        return current == flight ? null : current.Task;
    }

    /// <summary>Ends a request that was begun.</summary>
    public void End(string key, byte[]? record)
    {
        if (_flights.TryRemove(key, out var flight))
        {
            flight.SetResult(record);
        }
    }
}
