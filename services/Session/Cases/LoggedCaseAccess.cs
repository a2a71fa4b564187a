using FaultMaven.Protos;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Cases;

namespace FaultMaven.Sessions.Cases;

/// <summary>Says who may see a case by what is kept of it here, always as it is now.</summary>
internal sealed class LoggedCaseAccess(CaseLog log) : ICaseAccessSource
{
    public async ValueTask<CaseAccess?> FindAsync(CaseName name, bool isFresh, CancellationToken cancellationToken) =>
        (await log.FindAsync(name, cancellationToken))?.Access;
}
