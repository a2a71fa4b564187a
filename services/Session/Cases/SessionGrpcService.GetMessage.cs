using System.Globalization;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.Message> GetMessage(Proto.GetMessageRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<MessageName>(request.Name, "name");

        // The id of a message is its place in the log.
        var found = long.TryParse(name.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0
            ? (await log.ReadAsync(name.Case, version - 1, count: 1, context.CancellationToken)).SingleOrDefault()
            : null;
        return found?.MessageAdded is { } message && message.Name == request.Name
            ? message
            : throw RpcFault.NotFound(ErrorReason.MessageNotFound, request.Name);
    }
}
