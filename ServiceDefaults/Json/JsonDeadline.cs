using System.Globalization;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>
/// The deadline of a JSON request: <c>Grpc-Timeout: 10S</c>, as gRPC itself and grpc-gateway have it. The framework reads the header for
/// gRPC only. What the call waits for is cancelled once it has passed.
/// </summary>
internal sealed class JsonDeadline : IDisposable
{
    private const string Header = "grpc-timeout";

    private readonly HttpContext _context;
    private readonly CancellationToken _aborted;
    private readonly CancellationTokenSource _passed;
    private readonly CancellationTokenSource _either;

    private JsonDeadline(HttpContext context, TimeSpan timeout, TimeProvider time)
    {
        _context = context;
        _aborted = context.RequestAborted;
        _passed = new CancellationTokenSource(timeout, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_aborted, _passed.Token);
        context.RequestAborted = _either.Token;
        context.Features.Set(this);
    }

    /// <summary>Starts the time that a request gives, if it gives one.</summary>
    /// <exception cref="RpcException">The header is malformed.</exception>
    public static JsonDeadline? Start(HttpContext context, TimeProvider time) =>
        context.Request.Headers[Header] is [{ } value] ? new(context, Parse(value), time) : null;

    /// <summary>Whether the deadline of the call that is served has passed.</summary>
    public static bool HasPassed(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<JsonDeadline>()?._passed.IsCancellationRequested == true;

    /// <summary>Ends a call before it begins if its time is over already.</summary>
    public void ThrowIfPassed(MethodDescriptor method)
    {
        if (_passed.IsCancellationRequested)
        {
            throw RpcFault.DeadlineExceeded(method.File.Package.Split('.')[1]);
        }
    }

    public void Dispose()
    {
        _context.RequestAborted = _aborted;
        _context.Features.Set<JsonDeadline>(null);
        _either.Dispose();
        _passed.Dispose();
    }

    // At most eight digits and a unit: hours, minutes, seconds, milliseconds, microseconds, nanoseconds.
    private static TimeSpan Parse(string value)
    {
        var ticks = value.Length is < 2 or > 9 ? 0 : value[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            'n' => 1.0 / TimeSpan.NanosecondsPerTick,
            _ => 0,
        };
        if (ticks == 0 || !int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            throw RpcFault.InvalidField(Header, "must be a number of up to 8 digits and H, M, S, m, u or n, such as 10S");
        }

        // A timer takes at most 49 days.
        return TimeSpan.FromTicks((long)Math.Min(count * (double)ticks, TimeSpan.FromDays(30).Ticks));
    }
}
