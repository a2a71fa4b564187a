using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.ListMessagesResponse> ListMessages(Proto.ListMessagesRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Parent, "parent");
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var version = page.IsFirst ? 0 : page.Number(0);
        await GetStateAsync(name, context.CancellationToken);

        // Messages are among other events, so a page may take several reads; the token is the version of the last event seen.
        var response = new Proto.ListMessagesResponse();
        while (await log.ReadAsync(name, version, MaxPageSize, context.CancellationToken) is { Count: > 0 } events)
        {
            foreach (var caseEvent in events)
            {
                if (caseEvent.MessageAdded is { } message)
                {
                    if (response.Messages.Count == page.Size)
                    {
                        response.NextPageToken = page.NextToken(version);
                        return response;
                    }

                    response.Messages.Add(message);
                }

                version = caseEvent.Version;
            }
        }

        return response;
    }
}
