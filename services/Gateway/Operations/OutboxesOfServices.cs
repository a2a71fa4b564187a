using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using OutboxClient = FaultMaven.Protos.Operations.V1.OutboxService.OutboxServiceClient;

namespace FaultMaven.Gateway.Operations;

/// <summary>The outboxes of all services. Each service answers for its own, so they are put together here instead of forwarded.</summary>
internal sealed class OutboxesOfServices(EachService services) : OutboxService.OutboxServiceBase
{
    private const string All = "outboxes/-";
    private const int DefaultPageSize = 50;

    public override async Task<ListOutboxesResponse> ListOutboxes(ListOutboxesRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, EachService.MaxPageSize);
        var outboxes = await services.ReadAllAsync<OutboxClient, Outbox>(async (client, token) =>
        {
            var answer = await client.ListOutboxesAsync(
                new() { PageSize = EachService.MaxPageSize, PageToken = token }, cancellationToken: context.CancellationToken);
            return (answer.Outboxes, answer.NextPageToken);
        });
        var (items, next) = EachService.Cut(outboxes, outbox => outbox.Name, page);
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

        var page = KeysetPage.Of(request, DefaultPageSize, EachService.MaxPageSize);
        var letters = await services.ReadAllAsync<OutboxClient, DeadLetter>(async (client, token) =>
        {
            var answer = await client.ListDeadLettersAsync(
                new() { Parent = All, PageSize = EachService.MaxPageSize, PageToken = token },
                cancellationToken: context.CancellationToken);
            return (answer.DeadLetters, answer.NextPageToken);
        });
        var (items, next) = EachService.Cut(letters, letter => letter.Name, page);
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

    // An outbox is named after its service. A service that publishes nothing has none.
    private Task<T> AskAsync<T>(OutboxName outbox, string name, Func<OutboxClient, AsyncUnaryCall<T>> call) =>
        services.AskAsync(outbox.Id, () => RpcFault.NotFound(ErrorReason.DeadLetterNotFound, name), call);
}
