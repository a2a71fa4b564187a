using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Errors;

/// <summary>
/// An error that this service means to answer with. A plain <see cref="RpcException"/> comes from another service, and its status
/// must not become ours.
/// </summary>
internal sealed class RpcFaultException(Status status, Metadata trailers) : RpcException(status, trailers);
