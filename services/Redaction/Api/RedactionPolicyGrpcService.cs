using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.Redaction.Api;

/// <summary>The RPCs on policies, one file each.</summary>
internal sealed partial class RedactionPolicyGrpcService(
    PolicyStore store, PolicyCheck check, TimeProvider time, ILogger<RedactionPolicyGrpcService> logger)
    : Proto.RedactionPolicyService.RedactionPolicyServiceBase
{
    private const int DefaultPageSize = 50;

    private const int MaxPageSize = 200;

    private static PolicyName ParseName(string name, string field) =>
        PolicyName.TryParse(name, out var parsed)
            ? parsed.Value
            : throw RpcFault.InvalidField(field, "must look like redactionPolicies/{policy}");

    // A policy as such, not a version of it, that may change.
    private static PolicyName ParseChangeable(string name, string field)
    {
        var parsed = ParseName(name, field);
        return parsed.Version is not null ? throw RpcFault.InvalidField(field, "must name no version")
            : parsed.IsBuiltIn ? throw RpcFault.Precondition(ErrorReason.PolicyBuiltIn,
            $"{name} is built in; create a policy of your own.", ("name", name))
            : parsed;
    }

    private void CheckFit(Proto.RedactionPolicy policy)
    {
        if (check.ProblemOf(policy) is { } problem)
        {
            throw problem.Kind switch
            {
                PolicyProblemKind.PatternRefused => RpcFault.InvalidArgument(
                    ErrorReason.PatternRefused, $"{problem.Field} {problem.Message}.", ("field", problem.Field),
                        ("problem", problem.Detail)),
                PolicyProblemKind.SecretsUnprotected => RpcFault.InvalidArgument(
                    ErrorReason.SecretsUnprotected, $"{problem.Field} {problem.Message}.", ("field", problem.Field)),
                _ => RpcFault.InvalidField(problem.Field, problem.Message),
            };
        }
    }

    private async Task<T> Readable<T>(Task<T> reading)
    {
        try
        {
            return await reading;
        }
        catch (PolicyUnreadableException e)
        {
            LogUnreadable(e);
            throw RpcFault.Unavailable(ErrorReason.StoreUnavailable, "The policy was saved under another key.",
                ("store", ResourceNames.Redaction));
        }
    }

    [LoggerMessage(LogLevel.Error, "A policy cannot be read: its key is gone, or it was changed.")]
    private partial void LogUnreadable(Exception exception);
}
