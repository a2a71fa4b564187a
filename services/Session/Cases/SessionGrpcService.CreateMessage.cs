using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    private const int MaxMessageLength = 32_768;

    public override async Task<Proto.Message> CreateMessage(Proto.CreateMessageRequest request, ServerCallContext context)
    {
        var name = ParseCaseName(request.Parent, "parent");
        var requestId = ParseRequestId(request.RequestId);
        if (request.Author is not (Proto.Message.Types.Author.User or Proto.Message.Types.Author.Agent))
        {
            throw RpcFault.InvalidField("author", "must be AUTHOR_USER or AUTHOR_AGENT");
        }

        if (request.Text.Length is 0 or > MaxMessageLength)
        {
            throw RpcFault.InvalidField("text", $"must have 1 to {MaxMessageLength} characters");
        }

        if (await log.FindAsync(name) is null)
        {
            throw RpcFault.NotFound(ErrorReason.CaseNotFound, name.ToString());
        }

        var text = await redaction.RedactAsync(name, request.Text, context.CancellationToken);

        while (true)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (requestId.Length > 0 && await log.FindByRequestAsync(name, requestId) is { } earlier)
            {
                return SameMessage(earlier, request.Author, text, requestId);
            }

            var state = await GetStateAsync(name);
            if (state.IsClosed)
            {
                throw ClosedFault(state);
            }

            var message = new Proto.Message
            {
                Name = $"{name}/messages/{state.Version + 1}",
                Author = request.Author,
                Text = text,
                Turn = request.Turn,
                CreateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow()),
            };
            if (await log.TryAppendAsync(name, state.Version, new Proto.CaseEvent { MessageAdded = message }, requestId))
            {
                return message;
            }
        }
    }

    private static Proto.Message SameMessage(Proto.CaseEvent earlier, Proto.Message.Types.Author author, string text, string requestId) =>
        earlier.MessageAdded is { } message && message.Author == author && message.Text == text
            ? message
            : throw RpcFault.AlreadyExists(
                ErrorReason.RequestIdReused, "request_id was used for another message; choose a new one.", ("request_id", requestId));
}
