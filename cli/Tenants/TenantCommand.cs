using System.CommandLine;

namespace FaultMaven.Cli.Tenants;

/// <summary><c>fm tenant</c>: all that a tenant has.</summary>
internal static class TenantCommand
{
    public static Command Create(TimeProvider time) => new("tenant", "Export or delete all that a tenant has.")
    {
        ExportCommand.Create(time),
        ForgetCommand.Create(time),
    };
}
