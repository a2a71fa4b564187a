namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>Marks a setting that may differ for a tenant, see <see cref="TenantOptions{TOptions}"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PerTenantAttribute : Attribute;
