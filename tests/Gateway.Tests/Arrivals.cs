using System.Collections.Concurrent;
using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.Gateway.Tests;

/// <summary>Who the calls are made for that arrive at the services, past all checks.</summary>
internal sealed class Arrivals : Interceptor
{
    private readonly ConcurrentDictionary<string, CallIdentity> _last = [];

    public CallIdentity Of(string method) => _last[method];

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (context.Method.StartsWith("/faultmaven.", StringComparison.Ordinal))
        {
            _last[context.Method.Split('/')[^1]] = CallIdentity.Current;
        }

        return continuation(request, context);
    }
}
