using FaultMaven.Redaction.Store;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionGrpcService
{
    public override async Task<Proto.ForgetScopeResponse> ForgetScope(Proto.ForgetScopeRequest request, ServerCallContext context)
    {
        var scope = ParseScope(request.Scope);

        var count = await WithStore(async () => await pseudonyms.ForgetAsync(scope, context.CancellationToken));

        LogForgot(count, scope.Name);
        return new Proto.ForgetScopeResponse { ForgottenCount = count };
    }

    [LoggerMessage(LogLevel.Information, "Forgot {Count} values of {Scope}.")]
    private partial void LogForgot(long count, string scope);
}
