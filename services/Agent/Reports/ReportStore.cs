using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Agents.Turns;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;

namespace FaultMaven.Agents.Reports;

/// <summary>Keeps the reports of cases, in the partition of the case's turns: they are deleted with them.</summary>
internal sealed class ReportStore(
    [FromKeyedServices(ResourceNames.Agent)] StateStore store, [FromKeyedServices(ResourceNames.Agent)] Outbox outbox)
{
    /// <summary>A stream of the kind and the id of a case's reports, oldest first: <c>incident/0198…</c>.</summary>
    public const string Index = "reports";

    private const int MaxReports = 200;

    /// <summary>The report itself: a serialised <see cref="Proto.Report"/>.</summary>
    public static string Key(string id) => $"report/{id}";

    /// <summary>Keeps a new report as the next version of its kind.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="report">The report, but for its name and version.</param>
    /// <returns>The report as it is kept.</returns>
    /// <exception cref="Grpc.Core.RpcException">The case has as many reports as it may have.</exception>
    public async Task<Proto.Report> AddAsync(ReportName name, Proto.Report report)
    {
        var kind = KindOf(report);
        while (true)
        {
            var index = await ReadIndexAsync(name.Case);
            if (index.Count >= MaxReports)
            {
                throw RpcFault.Exhausted(
                    ErrorReason.TooManyReports,
                    $"{name.Case} has {MaxReports} reports, as many as a case may have.",
                    ("limit", $"{MaxReports}"));
            }

            var kept = report.Clone();
            kept.Name = $"{name}";
            kept.Version = index.Count(entry => entry.Kind == kind) + 1;
            var transaction = new StateTransaction(TurnKeys.PartitionOf(name.Case.Id));
            transaction.IfLength(Index, index.Count);
            transaction.IfAbsent(Key(name.Id));
            transaction.Append(Index, [Encoding.UTF8.GetBytes($"{kind}/{name.Id}")]);
            transaction.Put(Key(name.Id), kept.ToByteArray());
            transaction.Answer(kept);
            outbox.Stage(transaction, new ReportCreated { Case = $"{name.Case}", Report = kept.Name, Kind = kind, Version = kept.Version });
            if (await store.CommitAsync(transaction, CancellationToken.None) is not null)
            {
                return kept;
            }

            // Another report was faster; or it is this one, by another attempt of the same request.
            if (await FindAsync(name) is { } existing)
            {
                return existing;
            }
        }
    }

    public async Task<Proto.Report?> FindAsync(ReportName name) =>
        await store.FindAsync(TurnKeys.PartitionOf(name.Case.Id), Key(name.Id), CancellationToken.None) is { } record
            ? Proto.Report.Parser.ParseFrom(record.Value.Span)
            : null;

    /// <summary>Reports of a case, oldest first. The list only grows, so a report keeps its place in it.</summary>
    public async Task<IReadOnlyList<Proto.Report>> ListAsync(CaseName parent, long start, int count)
    {
        var ids = (await ReadIndexAsync(parent)).Skip((int)Math.Min(start, MaxReports)).Take(count).Select(entry => Key(entry.Id));
        var found = await store.FindAsync(TurnKeys.PartitionOf(parent.Id), [.. ids], CancellationToken.None);
        return [.. found.OfType<StateRecord>().Select(record => Proto.Report.Parser.ParseFrom(record.Value.Span))];
    }

    private static string KindOf(Proto.Report report)
    {
        var name = ContractNames.Of(report.Kind);
        return name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..].ToLowerInvariant();
    }

    private async Task<IReadOnlyList<(string Kind, string Id)>> ReadIndexAsync(CaseName parent)
    {
        var entries = await store.ReadAsync(TurnKeys.PartitionOf(parent.Id), Index, 0, MaxReports + 1, CancellationToken.None);
        return [.. entries.Select(entry => Encoding.UTF8.GetString(entry.Span).Split('/', 2)).Select(parts => (parts[0], parts[1]))];
    }
}
