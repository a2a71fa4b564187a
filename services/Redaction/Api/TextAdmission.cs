using System.Threading.RateLimiting;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.Redaction.Api;

/// <summary>
/// Bounds the text that unary calls work on at the same time: a text takes some ten times its size while it is redacted. What is above
/// the bound waits in the order of arrival; when as much waits, calls are refused. Streams hold a window each and need no bound.
/// </summary>
internal sealed class TextAdmission : IDisposable
{
    private const int MaxMebibytes = 32;
    private const int MaxWaitingMebibytes = 64;

    // Permits are Ki characters, and a call takes one even if its texts are short.
    private readonly ConcurrencyLimiter _limiter = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = MaxMebibytes * 1024,
        QueueLimit = MaxWaitingMebibytes * 1024,
        QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>Waits until some texts may be redacted; disposing of what it returns makes room for others.</summary>
    public async Task<IDisposable> EnterAsync(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var permits = Math.Clamp((int)(texts.Sum(text => (long)text.Length) / 1024), 1, MaxMebibytes * 1024);
        var lease = await _limiter.AcquireAsync(permits, cancellationToken);
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        throw RpcFault.Exhausted(
            ErrorReason.Overloaded,
            "Too many large texts wait to be redacted; retry, or stream the text.",
            ("limit", "bytes"),
            ("maximum", $"{MaxMebibytes * 1024 * 1024}"));
    }

    public void Dispose() => _limiter.Dispose();
}
