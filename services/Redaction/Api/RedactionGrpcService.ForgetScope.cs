using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionGrpcService
{
    public override async Task<Proto.ForgetScopeResponse> ForgetScope(Proto.ForgetScopeRequest request, ServerCallContext context)
    {
        var scope = ParseScope(request.Scope);
        if (!request.Force && scope.IsCase
            && !await WithStore(async () => await pseudonyms.IsClosedAsync(scope, context.CancellationToken)))
        {
            throw RpcFault.Precondition(
                ErrorReason.ScopeInUse, $"{scope.Name} is not closed; close it, or set force.", ("scope", scope.Name));
        }

        var count = await WithStore(async () => await pseudonyms.ForgetAsync(scope, context.CancellationToken));

        LogForgot(count, scope.Name);
        return new Proto.ForgetScopeResponse { ForgottenCount = count };
    }

    [LoggerMessage(LogLevel.Information, "Forgot {Count} values of {Scope}.")]
    private partial void LogForgot(long count, string scope);
}
