using FaultMaven.Protos;
using FaultMaven.ServiceDefaults.Identity;

namespace FaultMaven.Sessions.Cases;

/// <summary>Which cases of the tenant the one who is worked for may see, for what shows several of them.</summary>
internal static class CaseVisibility
{
    /// <summary>Whether they may see a case.</summary>
    public static bool IsVisible(Proto.Case found) => IsVisible(found, CallIdentity.Current.Principal);

    private static bool IsVisible(Proto.Case found, Principal principal) =>
        found.Access != Proto.Case.Types.Access.Members || principal.RightIn(CaseAccess.Of(found)) is not null;
}
