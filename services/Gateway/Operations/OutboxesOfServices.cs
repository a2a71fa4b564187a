using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace FaultMaven.Gateway.Outboxes;

/// <summary>The outboxes of all services. Each service answers for its own, so they are put together here instead of forwarded.</summary>
internal sealed class OutboxesOfServices(GrpcClientFactory clients) : OutboxService.OutboxServiceBase
{
    private const string All = "outboxes/-";
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;

    /// <summary>The services asked, each with a client of its name.</summary>
    public static readonly string[] Services =
        [ResourceNames.Agent, ResourceNames.Data, ResourceNames.Knowledge, ResourceNames.Redaction, ResourceNames.Session];

    public override async Task<ListOutboxesResponse> ListOutboxes(ListOutboxesRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var outboxes = await Task.WhenAll(Services.Select(service => ReadAsync<Outbox>(
            service,
            async (client, token) =>
            {
                var answer = await client.ListOutboxesAsync(
                    new() { PageSize = MaxPageSize, PageToken = token }, cancellationToken: context.CancellationToken);
                return (answer.Outboxes, answer.NextPageToken);
            })));
        var (items, next) = Cut(outboxes.SelectMany(list => list), outbox => outbox.Name, page);
        return new ListOutboxesResponse { Outboxes = { items }, NextPageToken = next };
    }

    public override async Task<ListDeadLettersResponse> ListDeadLetters(ListDeadLettersRequest request, ServerCallContext context)
    {
        if (request.Parent != All)
        {
            var outbox = NameField.Parse<OutboxName>(request.Parent, "parent");
            return await AskAsync(
                outbox, request.Parent, client => client.ListDeadLettersAsync(request, cancellationToken: context.CancellationToken));
        }

        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var letters = await Task.WhenAll(Services.Select(service => ReadAsync<DeadLetter>(
            service,
            async (client, token) =>
            {
                var answer = await client.ListDeadLettersAsync(
                    new() { Parent = All, PageSize = MaxPageSize, PageToken = token }, cancellationToken: context.CancellationToken);
                return (answer.DeadLetters, answer.NextPageToken);
            })));
        var (items, next) = Cut(letters.SelectMany(list => list), letter => letter.Name, page);
        return new ListDeadLettersResponse { DeadLetters = { items }, NextPageToken = next };
    }

    public override Task<DeadLetter> ReplayDeadLetter(ReplayDeadLetterRequest request, ServerCallContext context) => AskAsync(
        NameField.Parse<DeadLetterName>(request.Name, "name").Outbox,
        request.Name,
        client => client.ReplayDeadLetterAsync(request, cancellationToken: context.CancellationToken));

    public override Task<Empty> DeleteDeadLetter(DeleteDeadLetterRequest request, ServerCallContext context) => AskAsync(
        NameField.Parse<DeadLetterName>(request.Name, "name").Outbox,
        request.Name,
        client => client.DeleteDeadLetterAsync(request, cancellationToken: context.CancellationToken));

    // An outbox is named after its service.
    private async Task<T> AskAsync<T>(OutboxName outbox, string name, Func<OutboxService.OutboxServiceClient, AsyncUnaryCall<T>> call)
    {
        var service = Services.FirstOrDefault(service => outbox.ToString() == $"outboxes/{service}")
            ?? throw RpcFault.NotFound(ErrorReason.DeadLetterNotFound, name);
        try
        {
            return await CallAsync(service, async client => await call(client));
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            // A service that publishes nothing has no outbox.
            throw RpcFault.NotFound(ErrorReason.DeadLetterNotFound, name);
        }
        catch (RpcException exception) when (RpcFault.ReasonOf(exception) is not (ErrorReason.Unspecified or ErrorReason.Internal))
        {
            throw RpcFault.PassOn(exception);
        }
    }

    private async Task<List<T>> ReadAsync<T>(
        string service, Func<OutboxService.OutboxServiceClient, string, Task<(IReadOnlyList<T> Items, string Next)>> read)
    {
        var all = new List<T>();
        try
        {
            var token = "";
            do
            {
                (var items, token) = await CallAsync(service, client => read(client, token));
                all.AddRange(items);
            }
            while (token.Length > 0);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            // A service that publishes nothing has no outbox.
        }

        return all;
    }

    private Task<T> CallAsync<T>(string service, Func<OutboxService.OutboxServiceClient, Task<T>> call) =>
        ServiceCall.To(
            service, ErrorReason.ServiceUnavailable, () => call(clients.CreateClient<OutboxService.OutboxServiceClient>(service)));

    private static (List<T> Items, string Next) Cut<T>(IEnumerable<T> all, Func<T, string> nameOf, KeysetPage page)
    {
        var rest = all.Where(item => page.IsFirst || string.CompareOrdinal(nameOf(item), page.Text(0)) > 0)
            .OrderBy(nameOf, StringComparer.Ordinal)
            .ToList();
        var items = rest.Take(page.Size).ToList();
        return (items, rest.Count > page.Size ? page.NextToken(nameOf(items[^1])) : "");
    }
}
