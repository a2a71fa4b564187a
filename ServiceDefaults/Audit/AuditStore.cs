using System.Collections.Concurrent;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Filtering;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>The audit logs of one service, one for each tenant, in the store where the service keeps what it has.</summary>
internal sealed class AuditStore(string service, StateStore state, AuditSeal seal, TenantOptions<AuditOptions> options, TimeProvider time)
    : IAuditSource
{
    /// <summary>The name of the partition; no id of a resource contains the sign.</summary>
    public const string PartitionName = "@audit";

    private const int BatchSize = 500;

    /// <summary>A page is given after so many entries even if the filter let none pass.</summary>
    private const int MaxLookedAt = 20_000;

    private static readonly FilterSchema<AuditEntry> s_filter = new FilterSchema<AuditEntry>()
        .Text("actor", entry => entry.Actor)
        .Text("via", entry => entry.Via)
        .Text("method", entry => entry.Method)
        .Texts("resources", entry => entry.Resources)
        .Enum("kind", entry => entry.Kind)
        .Text("status", entry => entry.Status)
        .Text("reason", entry => entry.Reason)
        .Text("request_id", entry => entry.RequestId)
        .Text("trace_id", entry => entry.TraceId)
        .Text("break_glass_reason", entry => entry.BreakGlassReason)
        .Time("create_time", entry => entry.CreateTime?.ToDateTimeOffset());

    private readonly ConcurrentDictionary<string, AuditChain> _chains = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Service => service;

    /// <summary>Adds an entry to the log of a tenant. Returns its number once it is durable.</summary>
    public Task<long> AppendAsync(string tenant, AuditEntry entry) => _chains.GetOrAdd(
        tenant,
        name => new AuditChain(service, new Partition(name, PartitionName), state, seal, options.Of(name), time)).AppendAsync(entry);

    /// <inheritdoc/>
    public async Task<AuditPage> ReadAsync(AuditQuery query, long after, int size, CancellationToken cancellationToken)
    {
        var passes = s_filter.Parse(query.Filter);
        var partition = Partition.OfCaller(PartitionName);
        var segments = await AuditSegment.ListAsync(state, partition, cancellationToken);
        var entries = new List<AuditEntry>();
        var (reached, looked) = (after, 0);
        while (entries.Count < size && looked < MaxLookedAt)
        {
            var batch = await ReadBatchAsync(partition, segments, reached, query.OldestFirst, cancellationToken);
            if (batch.Count == 0)
            {
                return new AuditPage(entries, reached, HasMore: false);
            }

            foreach (var (place, entry) in batch)
            {
                (reached, looked) = (place, looked + 1);
                if (passes(entry))
                {
                    entry.Name = $"{new AuditLogName(service)}/entries/{place}";
                    entries.Add(entry);
                }

                if (entries.Count == size)
                {
                    break;
                }
            }
        }

        return new AuditPage(entries, reached, HasMore: true);
    }

    /// <inheritdoc/>
    public async Task<AuditLog> VerifyAsync(VerifyAuditLogsRequest request, CancellationToken cancellationToken)
    {
        var partition = Partition.OfCaller(PartitionName);
        return await VerifyAsync(state, partition, new AuditCheck(service, partition, seal, request), cancellationToken);
    }

    /// <summary>Goes through a whole log.</summary>
    public static async Task<AuditLog> VerifyAsync(
        StateStore state, Partition partition, AuditCheck check, CancellationToken cancellationToken)
    {
        foreach (var segment in await AuditSegment.ListAsync(state, partition, cancellationToken))
        {
            check.Begin(segment);
            var count = 0L;
            while (await state.ReadAsync(partition, segment.Stream, count, BatchSize, cancellationToken) is { Count: > 0 } batch)
            {
                foreach (var bytes in batch)
                {
                    check.Add(bytes);
                }

                count += batch.Count;
            }
        }

        return check.End();
    }

    // The place of an entry is where it is, not what it says.
    private async Task<IReadOnlyList<(long Place, AuditEntry Entry)>> ReadBatchAsync(
        Partition partition,
        IReadOnlyList<AuditSegment> segments,
        long reached,
        bool oldestFirst,
        CancellationToken cancellationToken)
    {
        if (oldestFirst)
        {
            foreach (var (segment, next) in segments.Zip(segments.Skip(1).Select(segment => (AuditSegment?)segment).Append(null)))
            {
                var start = Math.Max(reached + 1, segment.First);
                if (next is null || start < next.First)
                {
                    var found = await state.ReadAsync(partition, segment.Stream, start - segment.First, BatchSize, cancellationToken);
                    if (found.Count > 0)
                    {
                        return [.. found.Select((bytes, index) => (start + index, Parse(bytes)))];
                    }
                }
            }

            return [];
        }

        foreach (var segment in segments.Reverse().Where(segment => reached == 0 || segment.First < reached))
        {
            var length = await state.GetLengthAsync(partition, segment.Stream, cancellationToken);
            var end = reached == 0 ? length : Math.Min(length, reached - segment.First);
            var start = Math.Max(0, end - BatchSize);
            var found = end <= 0
                ? []
                : await state.ReadAsync(partition, segment.Stream, start, (int)(end - start), cancellationToken);
            if (found.Count > 0)
            {
                return [.. found.Select((bytes, index) => (segment.First + start + index, Parse(bytes))).Reverse()];
            }
        }

        return [];
    }

    private static AuditEntry Parse(ReadOnlyMemory<byte> bytes) =>
        AuditCheck.TryParse(bytes, out var entry) ? entry : new AuditEntry { Status = "UNREADABLE" };
}
