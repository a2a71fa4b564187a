using System.Text.Json.Serialization;
using FaultMaven.Protos;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>Who a call is made for: known at the edge, and carried from service to service.</summary>
/// <param name="Tenant">The tenant; empty for a service that does its own work.</param>
/// <param name="Subject">Who it is within the tenant, as the identity provider names them; for a service its name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Roles">What they may do; empty for a service.</param>
public sealed record Principal(string Tenant, string Subject, PrincipalKind Kind, IReadOnlyCollection<Role> Roles)
{
    /// <summary>The person whose machine it is, who may do everything.</summary>
    public static Principal LocalUser { get; } =
        new(Partition.LocalTenant, Environment.UserName, PrincipalKind.Person, [Role.Admin, Role.Auditor]);

    /// <summary>The teams that they are in, as the identity provider names them.</summary>
    public IReadOnlyCollection<string> Teams { get; init; } = [];

    /// <summary>For a key: which parts of the API it is for. Null for everyone else.</summary>
    public IReadOnlyCollection<Scope>? Scopes { get; init; }

    /// <summary>
    /// For an administrator who looks at what is not shared with them, in their tenant or, for one of the installation, in another: where
    /// from, and why. Null for everyone else.
    /// </summary>
    public BrokenGlass? BrokenGlass { get; init; }

    /// <summary>
    /// What it is called in events and audit logs, unique within the tenant: <c>person:alice</c>, and <c>default/person:alice</c> for one
    /// of another tenant.
    /// </summary>
    [JsonIgnore]
    public string Actor =>
        $"{(BrokenGlass is { } glass && glass.Tenant != Tenant ? $"{glass.Tenant}/" : "")}{Kind.ToString().ToLowerInvariant()}:{Subject}";

    /// <summary>The most that they may do in a case of their tenant; null if the case is hidden from them.</summary>
    /// <remarks>Who breaks the glass has said why, and all that they do is written down.</remarks>
    public CaseRight? RightIn(CaseAccess access)
    {
        ArgumentNullException.ThrowIfNull(access);
        return BrokenGlass is not null ? CaseRight.Own : access.RightOf(Actor, Teams, Roles);
    }
}

/// <summary>That someone acts where nothing is shared with them.</summary>
/// <param name="Tenant">Their own.</param>
/// <param name="Reason">Why, as they stated it.</param>
public sealed record BrokenGlass(string Tenant, string Reason);

/// <summary>What a principal is.</summary>
public enum PrincipalKind
{
    /// <summary>A person.</summary>
    Person = 1,

    /// <summary>One of our services, or a program with an identity of its own.</summary>
    Service = 2,

    /// <summary>A program with an API key, whose id is the subject.</summary>
    Key = 3,
}
