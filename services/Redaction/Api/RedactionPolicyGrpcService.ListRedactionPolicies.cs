using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionPolicyGrpcService
{
    public override async Task<Proto.ListRedactionPoliciesResponse> ListRedactionPolicies(
        Proto.ListRedactionPoliciesRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, MaxPageSize);

        // The built-in policy is the first of the list and is not in the store.
        var after = page.IsFirst ? "" : page.Text(0);
        var isFirst = after.Length == 0;
        var room = isFirst ? page.Size - 1 : page.Size;
        var following = await store.ListAsync(
            after == PolicyName.Default.Id ? "" : after, room + 1, context.CancellationToken);
        PolicyName[] names = [.. following.Take(room)];
        var policies = await Readable(store.ReadAsync(names, context.CancellationToken));

        return new Proto.ListRedactionPoliciesResponse
        {
            RedactionPolicies = { isFirst ? [PolicyCompiler.BuiltIn, .. policies] : policies },
            NextPageToken = following.Count > room ? page.NextToken(names.Length > 0 ? names[^1].Id : PolicyName.Default.Id) : "",
        };
    }
}
