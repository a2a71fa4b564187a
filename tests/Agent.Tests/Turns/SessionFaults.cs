using FaultMaven.Protos.Session.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.Agents.Tests.Turns;

/// <summary>Lets the real Session fail as a test says when the agent records a question or asks whether an answer is recorded.</summary>
public sealed class SessionFaults : Interceptor
{
    private int _refusals;

    /// <summary>What a call of <c>WatchCase</c> fails with; null if it does not fail.</summary>
    public Func<WatchCaseRequest, RpcException?> Fault { get; set; } = _ => null;

    /// <summary>Awaited before a question is recorded; it may throw.</summary>
    public Func<Task> OnQuestion { get; set; } = () => Task.CompletedTask;

    /// <summary>How many calls failed.</summary>
    public int Refusals => Volatile.Read(ref _refusals);

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        if (request is CreateMessageRequest)
        {
            await OnQuestion();
        }

        return await continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest,
        TResponse> continuation)
    {
        if (request is WatchCaseRequest watch && Fault(watch) is { } fault)
        {
            Interlocked.Increment(ref _refusals);
            throw fault;
        }

        return continuation(request, responseStream, context);
    }
}
