using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.Store;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionGrpcService
{
    // Below what our clients take in one answer.
    private const int MaxRestoredBytes = 12 * 1024 * 1024;

    public override async Task<Proto.RestoreTextResponse> RestoreText(Proto.RestoreTextRequest request, ServerCallContext context)
    {
        var scope = ParseScope(request.Scope);
        var caller = AllowedCaller(scope, context);
        CheckSize("text", MaxTextBytes, request.Text);

        var text = new StringBuilder();
        var bytes = 0;
        var count = 0;
        var unresolved = new OrderedDictionary<string, bool>(StringComparer.Ordinal);
        await using var restored = restorer.RestoreAsync(scope, request.Text, context.CancellationToken)
            .GetAsyncEnumerator(context.CancellationToken);
        while (await WithStore(restored.MoveNextAsync))
        {
            bytes += Encoding.UTF8.GetByteCount(restored.Current.Text);
            if (bytes > MaxRestoredBytes)
            {
                throw RpcFault.InvalidArgument(
                    ErrorReason.TooLarge, $"The restored text exceeds {MaxRestoredBytes / 1024 / 1024} MiB; stream it.",
                        ("limit_bytes", $"{MaxRestoredBytes}"));
            }

            text.Append(restored.Current.Text);
            count += restored.Current.RestoredCount;
            foreach (var placeholder in restored.Current.Unresolved)
            {
                unresolved.TryAdd(placeholder, true);
            }
        }

        LogRestored(caller, count, scope.Name, unresolved.Count);
        return new Proto.RestoreTextResponse { Text = text.ToString(), RestoredCount = count, UnresolvedPlaceholders =
            { unresolved.Keys } };
    }

    private string AllowedCaller(Scope scope, ServerCallContext context)
    {
        if (permission.CallerOf(context.RequestHeaders.GetValue("authorization")) is { } caller)
        {
            return caller;
        }

        LogRefused();
        throw RpcFault.PermissionDenied(ErrorReason.RestoreNotAllowed, "The caller may not restore values.", ("scope", scope.Name));
    }

    [LoggerMessage(LogLevel.Information, "{Caller} restored {Count} placeholders of {Scope}; {Unresolved} had no value.")]
    private partial void LogRestored(string caller, int count, string scope, int unresolved);

    // Without the scope: a caller who may not do this must not write into our log either.
    [LoggerMessage(LogLevel.Warning, "A caller who may not restore values wanted to.")]
    private partial void LogRefused();
}
