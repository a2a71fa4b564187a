namespace FaultMaven.Redaction.Policies;

/// <summary>Registers policies.</summary>
internal static class PoliciesRegistration
{
    public static void AddPolicies(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PolicyStore>();
        builder.Services.AddSingleton<PolicyCompiler>();
        builder.Services.AddSingleton<PolicyLibrary>();
        builder.Services.AddSingleton<PolicyCheck>();
    }
}
