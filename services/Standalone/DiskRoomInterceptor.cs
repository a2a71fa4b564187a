using System.Collections.Frozen;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace FaultMaven.Standalone;

/// <summary>
/// Refuses calls that would write while the disk is nearly full, and breaks off uploads that fill it. Reading, deleting and cancelling go
/// on.
/// </summary>
internal sealed class DiskRoomInterceptor(DiskRoom room) : Interceptor
{
    private static readonly FrozenSet<string> s_needNoRoom = new[]
    {
        AgentServiceReflection.Descriptor,
        ApiKeyServiceReflection.Descriptor,
        AuditServiceReflection.Descriptor,
        DataServiceReflection.Descriptor,
        FlagServiceReflection.Descriptor,
        KnowledgeServiceReflection.Descriptor,
        OutboxServiceReflection.Descriptor,
        RedactionServiceReflection.Descriptor,
        RedactionPolicyServiceReflection.Descriptor,
        SessionServiceReflection.Descriptor,
        TenantServiceReflection.Descriptor,
    }.SelectMany(file => file.Services).SelectMany(service => service.Methods).Where(NeedsNoRoom)
        .Select(method => $"/{method.Service.FullName}/{method.Name}").ToFrozenSet();

    public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        EnsureRoom(context);
        return continuation(request, context);
    }

    public override Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        EnsureRoom(context);
        return continuation(request, responseStream, context);
    }

    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(Guard(requestStream, context), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(Guard(requestStream, context), responseStream, context);

    private static bool NeedsNoRoom(MethodDescriptor method) =>
        method.GetOptions()?.IdempotencyLevel == MethodOptions.Types.IdempotencyLevel.NoSideEffects
        || method.Name.StartsWith("Delete", StringComparison.Ordinal)
        || method.Name.StartsWith("Forget", StringComparison.Ordinal)
        || method.Name.StartsWith("Revoke", StringComparison.Ordinal)
        || method.Name.StartsWith("Cancel", StringComparison.Ordinal);

    private IAsyncStreamReader<T> Guard<T>(IAsyncStreamReader<T> requests, ServerCallContext context) =>
        s_needNoRoom.Contains(context.Method) ? requests : new GuardedReader<T>(requests, this);

    private void EnsureRoom(ServerCallContext context)
    {
        if (!s_needNoRoom.Contains(context.Method))
        {
            EnsureRoom();
        }
    }

    private void EnsureRoom()
    {
        if (!room.AllowsWriting)
        {
            throw RpcFault.Exhausted(ErrorReason.StorageFull, room.WritingRefused, ("store", "disk"));
        }
    }

    private sealed class GuardedReader<T>(IAsyncStreamReader<T> requests, DiskRoomInterceptor guard) : IAsyncStreamReader<T>
    {
        public T Current => requests.Current;

        public Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            guard.EnsureRoom();
            return requests.MoveNext(cancellationToken);
        }
    }
}
