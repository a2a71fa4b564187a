using FaultMaven.Protos;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>Who a call is made for: known at the edge, and carried from service to service.</summary>
/// <param name="Tenant">The tenant; empty for a service that works for no one in particular.</param>
/// <param name="Subject">Who it is within the tenant, as the identity provider names them; for a service its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Roles">What they may do; empty for a service.</param>
/// <param name="Scopes">What their credential is limited to; empty for no limit.</param>
public sealed record Principal(
    string Tenant, string Subject, PrincipalKind Kind, IReadOnlyCollection<Role> Roles, IReadOnlyCollection<string> Scopes)
{
    /// <summary>The tenant of everything on one machine.</summary>
    public const string LocalTenant = "local";

    /// <summary>The person whose machine it is, who may do everything.</summary>
    public static Principal LocalUser { get; } =
        new(LocalTenant, Environment.UserName, PrincipalKind.Person, [Role.Admin, Role.Auditor], []);
}

/// <summary>What a principal is.</summary>
public enum PrincipalKind
{
    /// <summary>A person.</summary>
    Person = 1,

    /// <summary>One of our services, or a program with an identity of its own.</summary>
    Service = 2,

    /// <summary>An API key.</summary>
    Key = 3,
}
