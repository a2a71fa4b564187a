using System.Text.Json;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Paging;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Messaging;

/// <summary>What operators see of the outboxes of this process, and what they do about events that cannot be published.</summary>
internal sealed class OutboxGrpcService(IEnumerable<OutboxStore> stores, IOptions<InstallationOptions> installation)
    : OutboxService.OutboxServiceBase
{
    private const string All = "outboxes/-";
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;

    private readonly IReadOnlyList<OutboxStore> _stores = [.. stores.OrderBy(store => store.Name.ToString(), StringComparer.Ordinal)];

    public override async Task<ListOutboxesResponse> ListOutboxes(ListOutboxesRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var response = new ListOutboxesResponse();
        foreach (var store in _stores.Where(store => IsAfter($"{store.Name}", page)))
        {
            if (response.Outboxes.Count == page.Size)
            {
                response.NextPageToken = page.NextToken(response.Outboxes[^1].Name);
                break;
            }

            response.Outboxes.Add(new Protos.Operations.V1.Outbox
            {
                Name = store.Name.ToString(),
                WaitingCount = (await store.CountWaitingAsync(context.CancellationToken)).Sum(),
                DeadLetterCount = await store.CountDeadAsync(context.CancellationToken),
            });
        }

        return response;
    }

    public override async Task<ListDeadLettersResponse> ListDeadLetters(ListDeadLettersRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var parents = request.Parent == All ? _stores : [Find(NameField.Parse<OutboxName>(request.Parent, "parent"), request.Parent)];
        var response = new ListDeadLettersResponse();
        foreach (var store in parents)
        {
            foreach (var letter in (await store.ListDeadAsync(context.CancellationToken)).Where(IsVisible))
            {
                var name = new DeadLetterName(store.Name, letter.Id);
                if (!IsAfter($"{name}", page))
                {
                    continue;
                }

                if (response.DeadLetters.Count == page.Size)
                {
                    response.NextPageToken = page.NextToken(response.DeadLetters[^1].Name);
                    return response;
                }

                response.DeadLetters.Add(ToProto(name, letter));
            }
        }

        return response;
    }

    public override async Task<Protos.Operations.V1.DeadLetter> ReplayDeadLetter(ReplayDeadLetterRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<DeadLetterName>(request.Name, "name");
        return await Find(name.Outbox, request.Name)
            .ReplayAsync(name.Id, IsVisible, letter => ToProto(name, letter), context.CancellationToken) is { } replayed
            ? ToProto(name, replayed)
            : throw NotFound(request.Name);
    }

    public override async Task<Empty> DeleteDeadLetter(DeleteDeadLetterRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<DeadLetterName>(request.Name, "name");
        var dropped = await Find(name.Outbox, request.Name).DropAsync(name.Id, IsVisible, context.CancellationToken);
        return dropped is not null || request.AllowMissing
            ? new Empty()
            : throw NotFound(request.Name);
    }

    // What cannot be read may be anyone's.
    private bool IsVisible(DeadLetter letter) =>
        letter.Tenant is { } tenant ? tenant == CallIdentity.Current.Principal.Tenant : installation.Value.IsRunByCaller();

    private OutboxStore Find(OutboxName outbox, string name) =>
        _stores.FirstOrDefault(store => store.Name == outbox) ?? throw NotFound(name);

    private static RpcException NotFound(string name) => RpcFault.NotFound(ErrorReason.DeadLetterNotFound, name);

    private static bool IsAfter(string name, KeysetPage page) => page.IsFirst || string.CompareOrdinal(name, page.Text(0)) > 0;

    private static Protos.Operations.V1.DeadLetter ToProto(DeadLetterName name, DeadLetter letter)
    {
        var (type, json) = Describe(letter.Value);
        return new()
        {
            Name = name.ToString(),
            EventType = type,
            Event = json,
            AttemptCount = letter.Attempts,
            FailTime = Timestamp.FromDateTimeOffset(letter.FailTime),
            Error = letter.Error,
        };
    }

    private static (string Type, string Json) Describe(byte[] value)
    {
        var type = "";
        try
        {
            var entry = OutboxEntry.Read(value);
            type = entry.Type;
            return (type, JsonFormatter.Default.Format(entry.ReadEvent()));
        }
        catch (Exception exception) when (exception is JsonException or UnknownEventException or InvalidProtocolBufferException)
        {
            return (type, "");
        }
    }
}
