using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionPolicyGrpcService
{
    private const string ListName = "redactionPolicies";

    public override async Task<Proto.ListRedactionPoliciesResponse> ListRedactionPolicies(Proto.ListRedactionPoliciesRequest request,
        ServerCallContext context)
    {
        var size = Page.Size(request.PageSize, DefaultPageSize, MaxPageSize);
        var offset = (int)Math.Min(PageToken.Decode(ListName, request.PageToken), PolicyStore.MaxPolicies + 1);

        // The built-in one is the first of the list and in no store.
        var stored = await store.ListAsync(context.CancellationToken);
        var end = Math.Min(offset + size, stored.Count + 1);
        var names = stored.Take(Math.Max(0, end - 1)).Skip(Math.Max(0, offset - 1)).ToArray();
        var page = await Readable(store.ReadAsync(names, context.CancellationToken));

        return new Proto.ListRedactionPoliciesResponse
        {
            RedactionPolicies = { offset == 0 ? [PolicyCompiler.BuiltIn, .. page] : page },
            NextPageToken = end <= stored.Count ? PageToken.Encode(ListName, end) : "",
        };
    }
}
