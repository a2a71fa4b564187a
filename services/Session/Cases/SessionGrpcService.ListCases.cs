using System.Runtime.CompilerServices;
using FaultMaven.ServiceDefaults.Filtering;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    private const int IndexBatchSize = 200;

    private static readonly FilterSchema<Proto.Case> s_caseFilter = new FilterSchema<Proto.Case>()
        .Text("title", listed => listed.Title)
        .Text("conclusion", listed => listed.Conclusion)
        .Enum("state", listed => listed.State)
        .Enum("resolution", listed => listed.Resolution)
        .Level("priority", listed => listed.Priority)
        .Level("severity", listed => listed.Severity)
        .Text("description", listed => listed.Description)
        .Texts("tags", listed => listed.Tags)
        .Text("service", listed => listed.Service)
        .Text("owner", listed => listed.Owner)
        .Enum("access", listed => listed.Access)
        .Texts("members", listed => listed.Members.Select(member => member.Member))
        .Time("create_time", listed => listed.CreateTime.ToDateTimeOffset())
        .Time("update_time", listed => listed.UpdateTime.ToDateTimeOffset())
        .Time("close_time", listed => listed.CloseTime?.ToDateTimeOffset())
        .Number("message_count", listed => listed.MessageCount)
        .Number("evidence_count", listed => listed.EvidenceCount);

    public override async Task<Proto.ListCasesResponse> ListCases(Proto.ListCasesRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var matches = CaseVisibility.And(s_caseFilter.Parse(request.Filter));
        var order = CaseOrder.Parse(request.OrderBy);

        // One more than a page, which shows whether there is another.
        var listed = order.IsByCreation
            ? await ListByCreationAsync(page, order, matches, context.CancellationToken)
            : await SortAllAsync(page, order, matches, context.CancellationToken);

        return new Proto.ListCasesResponse
        {
            Cases = { listed.Take(page.Size).Select(item => item.Case) },
            NextPageToken = listed.Count > page.Size ? order.TokenAfter(listed[page.Size - 1], page) : "",
        };
    }

    private async Task<IReadOnlyList<ListedCase>> ListByCreationAsync(
        KeysetPage page, CaseOrder order, Func<Proto.Case, bool> matches, CancellationToken cancellationToken)
    {
        var listed = new List<ListedCase>();
        var after = page.IsFirst ? null : (long?)page.Number(0);
        await foreach (var item in ReadAllAsync(after, order.NewestFirst, cancellationToken))
        {
            if (matches(item.Case))
            {
                listed.Add(item);
                if (listed.Count > page.Size)
                {
                    break;
                }
            }
        }

        return listed;
    }

    private async Task<IReadOnlyList<ListedCase>> SortAllAsync(
        KeysetPage page, CaseOrder order, Func<Proto.Case, bool> matches, CancellationToken cancellationToken)
    {
        var listed = new List<ListedCase>();
        await foreach (var item in ReadAllAsync(after: null, newestFirst: true, cancellationToken))
        {
            if (matches(item.Case) && (page.IsFirst || order.IsAfter(item, page)))
            {
                listed.Add(item);
            }
        }

        listed.Sort(order.Compare);
        return listed;
    }

    private async IAsyncEnumerable<ListedCase> ReadAllAsync(
        long? after, bool newestFirst, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await index.ListAsync(after, newestFirst, IndexBatchSize, cancellationToken) is { Count: > 0 } names)
        {
            var states = await Task.WhenAll(names.Select(item => log.FindAsync(item.Name, cancellationToken)));
            foreach (var (item, state) in names.Zip(states))
            {
                if (state is not null)
                {
                    yield return new ListedCase(state.ToProto(), item.Place);
                }
            }

            after = names[^1].Place;
        }
    }
}
