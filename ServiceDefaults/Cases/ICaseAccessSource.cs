using FaultMaven.Protos;
using FaultMaven.Protos.Names;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>Knows who may do what in the cases of the tenant that is worked for.</summary>
public interface ICaseAccessSource
{
    /// <summary>Finds a case. Null if it does not exist.</summary>
    /// <param name="name">The case.</param>
    /// <param name="isFresh">Whether it must be as it is now, not as it was a moment ago.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="Grpc.Core.RpcException">It could not be found out; typed for the caller.</exception>
    ValueTask<CaseAccess?> FindAsync(CaseName name, bool isFresh, CancellationToken cancellationToken);
}
