using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;
using Proto = FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Gateway.Keys;

internal sealed partial class ApiKeyGrpcService
{
    private const int DefaultPageSize = 50;
    private const int MaxPageSize = 200;

    public override async Task<Proto.ListApiKeysResponse> ListApiKeys(Proto.ListApiKeysRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);
        var caller = CallIdentity.Current.Principal;
        var response = new Proto.ListApiKeysResponse();
        var after = page.IsFirst ? "" : page.Text(0);
        IReadOnlyList<StoredKey> read;
        do
        {
            read = await store.ListAsync(caller.Tenant, after, MaxPageSize, context.CancellationToken);
            foreach (var stored in read.Where(stored => Sees(caller, stored.Key)))
            {
                if (response.ApiKeys.Count == page.Size)
                {
                    response.NextPageToken = page.NextToken(after);
                    return response;
                }

                response.ApiKeys.Add(stored.ToProto(time.GetUtcNow()));
                after = stored.Key.Id;
            }

            after = read is [.., var last] ? last.Key.Id : after;
        }
        while (read.Count == MaxPageSize);

        return response;
    }
}
