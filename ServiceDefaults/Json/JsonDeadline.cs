using FaultMaven.ServiceDefaults.Calls;
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
        context.Request.Headers[GrpcTimeout.Header] is [{ } value] ? new(context, Parse(value), time) : null;

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

    private static TimeSpan Parse(string value) => GrpcTimeout.Parse(value) ?? throw RpcFault.InvalidField(
        GrpcTimeout.Header, "must be a number of up to 8 digits and H, M, S, m, u or n, such as 10S");
}
