using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>The log of one service, of the tenant that the running code works for: here, or read from another process.</summary>
public interface IAuditSource
{
    /// <summary>The service.</summary>
    string Service { get; }

    /// <summary>Reads some entries.</summary>
    /// <param name="query">Which.</param>
    /// <param name="after">The place after which to begin, in the order of the list; 0 for its beginning.</param>
    /// <param name="size">At most this many.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task<AuditPage> ReadAsync(AuditQuery query, long after, int size, CancellationToken cancellationToken);

    /// <summary>Verifies the log.</summary>
    Task<AuditLog> VerifyAsync(VerifyAuditLogsRequest request, CancellationToken cancellationToken);
}

/// <summary>Which entries to read, as <c>ListAuditEntriesRequest</c> has it.</summary>
/// <param name="Filter">The filter as text.</param>
/// <param name="OldestFirst">The order.</param>
public sealed record AuditQuery(string Filter, bool OldestFirst);

/// <summary>Some entries.</summary>
/// <param name="Entries">Those that the filter lets pass.</param>
/// <param name="Reached">The place of the last entry that was looked at.</param>
/// <param name="HasMore">Whether there are more after it.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, long Reached, bool HasMore);
