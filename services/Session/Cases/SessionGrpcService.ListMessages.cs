using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Sessions.Cases;

internal sealed partial class SessionGrpcService
{
    public override async Task<Proto.ListMessagesResponse> ListMessages(Proto.ListMessagesRequest request, ServerCallContext context)
    {
        var name = ParseCaseName(request.Parent, "parent");
        var size = Page.Size(request.PageSize, DefaultPageSize, MaxPageSize);
        var list = $"{name}/messages";
        var version = PageToken.Decode(list, request.PageToken);
        await GetStateAsync(name);

        // Messages lie among other events, so a page may take several reads; the token is the version to go on after.
        var response = new Proto.ListMessagesResponse();
        while (await log.ReadAsync(name, version, MaxPageSize) is { Count: > 0 } events)
        {
            foreach (var caseEvent in events)
            {
                if (caseEvent.MessageAdded is { } message)
                {
                    if (response.Messages.Count == size)
                    {
                        response.NextPageToken = PageToken.Encode(list, version);
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
