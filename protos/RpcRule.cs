using FaultMaven.Protos.Identity.V1;

namespace FaultMaven.Protos;

/// <summary>Who may call an RPC.</summary>
/// <param name="LeastRole">The least role that a person or a program needs.</param>
/// <param name="Case">
/// What the caller must be allowed in the case that the request is about; null if it is about none. A service that calls in the course of
/// its own work is not asked for it.
/// </param>
/// <param name="ByServices">
/// Whether a service may call it in the course of its own work, for whomever it works. What the caller of that service may is checked where
/// the work began.
/// </param>
/// <param name="Changes">
/// Whether it changes what is kept, or takes out of it what is otherwise hidden. Pseudonyms that redacting needs do not count.
/// </param>
/// <param name="OfInstallation">
/// Whether it is about the installation, not about what a tenant has: only the tenant that runs the installation may call it.
/// </param>
/// <param name="Scope">The scope that a key needs; null if no key may call it.</param>
public sealed record RpcRule(
    Role LeastRole,
    CaseRight? Case = null,
    bool ByServices = false,
    bool Changes = false,
    bool OfInstallation = false,
    Scope? Scope = null)
{
    /// <summary>Whether someone with these roles may call it.</summary>
    public bool Allows(IEnumerable<Role> roles) => roles.Any(Allows);

    /// <summary>Whether this role is enough.</summary>
    /// <remarks>An auditor is beside the others: what auditors need, administrators may too, and no one else.</remarks>
    public bool Allows(Role role) => (role, LeastRole) switch
    {
        (Role.Auditor, _) => LeastRole is Role.Viewer or Role.Auditor,
        (_, Role.Auditor) => role == Role.Admin,
        _ => role >= LeastRole,
    };
}
