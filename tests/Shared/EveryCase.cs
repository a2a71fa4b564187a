using FaultMaven.Protos;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Cases;

namespace FaultMaven.Tests.Shared;

/// <summary>For a service that is tested without Session: each case exists, and everyone of the tenant may see it.</summary>
public sealed class EveryCase : ICaseAccessSource
{
    public ValueTask<CaseAccess?> FindAsync(CaseName name, bool isFresh, CancellationToken cancellationToken) =>
        new(CaseAccess.Of(new Case { Name = $"{name}" }));
}
