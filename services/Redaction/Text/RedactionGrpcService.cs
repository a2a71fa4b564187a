using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.Pseudonyms;
using FaultMaven.ServiceDefaults.Errors;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Text;

/// <summary>The gRPC side of redaction: limits, validation, and failing closed. Nothing is answered that wasn't redacted.</summary>
internal sealed partial class RedactionGrpcService(TextRedactor redactor, IHostApplicationLifetime lifetime, ILogger<RedactionGrpcService> logger)
    : Proto.RedactionService.RedactionServiceBase
{
    private const int MaxTextBytes = 3 * 1024 * 1024;

    private static Scope ParseScope(string name) =>
        Scope.TryParse(name, out var scope)
            ? scope.Value
            : throw RpcFault.InvalidField("scope", "must be 1 to 128 letters, digits, '-', '_', '.' and '/'");

    private static void CheckSize(string field, int limit, params IEnumerable<string> texts)
    {
        if (texts.Sum(text => (long)Encoding.UTF8.GetByteCount(text)) > limit)
        {
            throw RpcFault.InvalidField(field, $"must not exceed {limit / 1024 / 1024} MiB; stream longer texts");
        }
    }

    /// <summary>Runs what needs the store; when that fails, the call does, with a reason.</summary>
    private async Task<T> WithStore<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            LogStoreUnavailable(e);
            throw RpcFault.Unavailable(ErrorReason.StoreUnavailable, "Placeholders cannot be kept stable: their store does not answer.", ("store", ResourceNames.Redis));
        }
        catch (PseudonymKeyMismatchException e)
        {
            LogKeyMismatch(e);
            throw RpcFault.Unavailable(
                ErrorReason.StoreUnavailable,
                "Placeholders cannot be kept stable: this scope was started under another key.",
                ("store", ResourceNames.Redis));
        }
    }

    [LoggerMessage(LogLevel.Warning, "The store of pseudonyms did not answer; the call was refused.")]
    private partial void LogStoreUnavailable(Exception exception);

    [LoggerMessage(LogLevel.Error, "Replicas run with different keys, or the key was lost; the call was refused.")]
    private partial void LogKeyMismatch(Exception exception);
}
