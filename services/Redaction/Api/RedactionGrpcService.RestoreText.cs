using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

internal sealed partial class RedactionGrpcService
{
    // Below what our clients take in one answer.
    private const int MaxRestoredBytes = 12 * 1024 * 1024;

    public override async Task<Proto.RestoreTextResponse> RestoreText(Proto.RestoreTextRequest request, ServerCallContext context)
    {
        var scope = ParseScope(request.Scope);

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

        LogRestored(CallIdentity.Current.Principal.Subject, count, scope.Name, unresolved.Count);
        return new Proto.RestoreTextResponse { Text = text.ToString(), RestoredCount = count, UnresolvedPlaceholders =
            { unresolved.Keys } };
    }

    [LoggerMessage(LogLevel.Information, "{Caller} restored {Count} placeholders of {Scope}; {Unresolved} had no value.")]
    private partial void LogRestored(string caller, int count, string scope, int unresolved);
}
