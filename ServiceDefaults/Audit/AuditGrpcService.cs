using System.Globalization;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>What auditors see of the logs of this process; at the gateway, of all services.</summary>
internal sealed class AuditGrpcService(IEnumerable<IAuditSource> sources) : AuditService.AuditServiceBase
{
    private const string All = "auditLogs/-";
    private const long Ended = -1;
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 500;

    private readonly IReadOnlyList<IAuditSource> _sources = [.. sources.OrderBy(source => source.Service, StringComparer.Ordinal)];

    public override async Task<ListAuditEntriesResponse> ListAuditEntries(ListAuditEntriesRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var query = new AuditQuery(request.Filter, request.OldestFirst);
        if (request.Parent == All)
        {
            return request.AfterSequence == 0
                ? await MergeAsync(query, page, context.CancellationToken)
                : throw RpcFault.InvalidField("after_sequence", "is for one log; name it as parent");
        }

        var after = page.IsFirst ? request.AfterSequence : page.Number(0);
        var found = await Find(request.Parent, "parent").ReadAsync(query, after, page.Size, context.CancellationToken);
        return new ListAuditEntriesResponse
        {
            AuditEntries = { found.Entries },
            NextPageToken = found.HasMore ? page.NextToken(found.Reached) : "",
            ReachedSequence = found.Reached,
        };
    }

    public override async Task ExportAuditEntries(
        ExportAuditEntriesRequest request, IServerStreamWriter<AuditEntry> responseStream, ServerCallContext context)
    {
        var query = new AuditQuery(request.Filter, OldestFirst: true);
        foreach (var source in request.Parent == All ? _sources : [Find(request.Parent, "parent")])
        {
            var page = new AuditPage([], 0, HasMore: true);
            while (page.HasMore)
            {
                page = await source.ReadAsync(query, page.Reached, MaxPageSize, context.CancellationToken);
                foreach (var entry in page.Entries)
                {
                    await responseStream.WriteAsync(entry, context.CancellationToken);
                }
            }
        }
    }

    public override async Task<VerifyAuditLogsResponse> VerifyAuditLogs(VerifyAuditLogsRequest request, ServerCallContext context)
    {
        if (request.Name == All && request.KnownSequence != 0)
        {
            throw RpcFault.InvalidField("known_sequence", "is for one log; name it");
        }

        var response = new VerifyAuditLogsResponse();
        foreach (var source in request.Name == All ? _sources : [Find(request.Name, "name")])
        {
            response.AuditLogs.Add(await source.VerifyAsync(request, context.CancellationToken));
        }

        return response;
    }

    private IAuditSource Find(string name, string field)
    {
        var log = NameField.Parse<AuditLogName>(name, field);
        return _sources.FirstOrDefault(source => source.Service == log.Id) ?? throw RpcFault.NotFound(ErrorReason.AuditLogNotFound, name);
    }

    // The token holds where each log was left.
    private async Task<ListAuditEntriesResponse> MergeAsync(AuditQuery query, KeysetPage page, CancellationToken cancellationToken)
    {
        var places = _sources.Select((_, index) => page.IsFirst ? 0 : page.Number(index)).ToArray();
        var pages = await Task.WhenAll(_sources.Select((source, index) => places[index] == Ended
            ? Task.FromResult(new AuditPage([], Ended, HasMore: false))
            : source.ReadAsync(query, places[index], page.Size, cancellationToken)));
        var next = new int[pages.Length];
        var response = new ListAuditEntriesResponse();
        while (response.AuditEntries.Count < page.Size && FindNext(pages, next, query.OldestFirst) is { } index)
        {
            var entry = pages[index].Entries[next[index]++];
            places[index] = PlaceOf(entry);
            response.AuditEntries.Add(entry);
        }

        for (var index = 0; index < pages.Length; index++)
        {
            if (next[index] == pages[index].Entries.Count)
            {
                places[index] = pages[index].HasMore ? pages[index].Reached : Ended;
            }
        }

        response.NextPageToken = places.All(place => place == Ended)
            ? ""
            : page.NextToken([.. places.Select(place => place.ToString(CultureInfo.InvariantCulture))]);
        return response;
    }

    // Null also where a log has more that was not read yet: it may come before all that the others have.
    private static int? FindNext(AuditPage[] pages, int[] next, bool oldestFirst)
    {
        int? found = null;
        for (var index = 0; index < pages.Length; index++)
        {
            if (next[index] == pages[index].Entries.Count)
            {
                if (pages[index].HasMore)
                {
                    return null;
                }

                continue;
            }

            var isFirst = found is not { } best
                || TimeOf(pages[index].Entries[next[index]]) < TimeOf(pages[best].Entries[next[best]]) == oldestFirst;
            found = isFirst ? index : found;
        }

        return found;
    }

    // Where it is; what it says may have been changed.
    private static long PlaceOf(AuditEntry entry) =>
        long.Parse(entry.Name.AsSpan(entry.Name.LastIndexOf('/') + 1), CultureInfo.InvariantCulture);

    private static DateTimeOffset TimeOf(AuditEntry entry) => entry.CreateTime?.ToDateTimeOffset() ?? DateTimeOffset.MinValue;
}
