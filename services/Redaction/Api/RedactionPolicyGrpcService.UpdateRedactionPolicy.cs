using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Requests;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionPolicyGrpcService
{
    public override async Task<Proto.RedactionPolicy> UpdateRedactionPolicy(Proto.UpdateRedactionPolicyRequest request,
        ServerCallContext context)
    {
        var given = request.RedactionPolicy;
        var name = ParseChangeable(given.Name, "redaction_policy.name");
        var mask = ParseMask(request.UpdateMask);

        while (true)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var current = await Readable(store.FindAsync(name, context.CancellationToken))
                ?? throw RpcFault.NotFound(ErrorReason.PolicyNotFound, given.Name);
            var policy = Merge(current, given, mask);
            EntityTag.EnsureMatch(current.Name, given.Etag, current.Etag);
            CheckFit(policy);
            if (await store.TrySaveAsync(policy, name.Id, current.Version, context.CancellationToken))
            {
                return policy;
            }
        }
    }

    private static FieldMask? ParseMask(FieldMask? mask) =>
        mask is null || mask.Paths.Count == 0 ? null
        : FieldMask.IsValid<Proto.RedactionPolicy>(mask) ? mask
        : throw RpcFault.InvalidField("update_mask", "must name fields of a policy");

    private Proto.RedactionPolicy Merge(Proto.RedactionPolicy current, Proto.RedactionPolicy given, FieldMask? mask)
    {
        var merged = given.Clone();
        if (mask is not null)
        {
            merged = current.Clone();
            mask.Merge(given, merged, new FieldMask.MergeOptions { ReplaceRepeatedFields = true, ReplacePrimitiveFields = true,
                ReplaceMessageFields = true });
        }

        merged.Name = current.Name;
        merged.CreateTime = current.CreateTime;
        merged.UpdateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        return merged;
    }
}
