using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionPolicyGrpcService
{
    public override async Task<Proto.RedactionPolicy> CreateRedactionPolicy(Proto.CreateRedactionPolicyRequest request,
        ServerCallContext context)
    {
        var id = request.RedactionPolicyId;
        if (id == PolicyName.Default.Id)
        {
            throw RpcFault.InvalidField("redaction_policy_id", "must not be default, which is built in");
        }

        var policy = request.RedactionPolicy.Clone();
        policy.Name = new PolicyName(id, null).ToString();
        CheckFit(policy);

        policy.CreateTime = policy.UpdateTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        while (true)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (await store.FindLatestAsync(id, context.CancellationToken) is not null)
            {
                throw RpcFault.AlreadyExists(ErrorReason.PolicyExists, $"{policy.Name} exists; update it, or choose another name.",
                    ("name", policy.Name));
            }

            if (await store.CountAsync(context.CancellationToken) >= PolicyStore.MaxPolicies)
            {
                throw RpcFault.Exhausted(ErrorReason.TooManyPolicies, "There are too many policies; delete one.",
                    ("limit", $"{PolicyStore.MaxPolicies}"));
            }

            if (await store.TrySaveAsync(policy, id, latest: null, context.CancellationToken))
            {
                return policy;
            }
        }
    }
}
