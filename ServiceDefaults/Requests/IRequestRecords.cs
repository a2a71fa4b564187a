namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// Where a service keeps the records of <see cref="RequestLedger"/>. A change puts its record there in its own transaction; see
/// <see cref="RequestEntry"/>.
/// </summary>
public interface IRequestRecords
{
    /// <summary>The record under a key, or null.</summary>
    Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>Adds a record of a request that changed nothing, unless there is one.</summary>
    Task AddAsync(string key, byte[] record, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>
    /// Keeps other processes from carrying out a request until the claim is disposed of, or this process has ended. Null if another
    /// process has it.
    /// </summary>
    Task<IRequestClaim?> TryClaimAsync(string key, CancellationToken cancellationToken);
}

/// <summary>The right to carry out a request, until it is disposed of.</summary>
public interface IRequestClaim : IAsyncDisposable
{
    /// <summary>Notes that there is a record: callers that wait look for that first, so the claim need not be given back.</summary>
    void NoteAnswered();
}

/// <summary>The claim where no other process has the store.</summary>
public sealed class ProcessClaim : IRequestClaim
{
    /// <inheritdoc/>
    public void NoteAnswered()
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
