using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>What a tenant has in the services of this process, as a whole.</summary>
internal sealed partial class TenantGrpcService(
    ITenantRemoval removal, IOptions<InstallationOptions> installation, ILogger<TenantGrpcService> logger)
    : TenantService.TenantServiceBase
{
    public override async Task<ForgetTenantResponse> ForgetTenant(ForgetTenantRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<TenantName>(request.Name, "name");
        if (name.Id == installation.Value.OperatingTenant)
        {
            throw RpcFault.Precondition(
                ErrorReason.TenantOperates, $"{name} runs this installation and cannot be forgotten.", ("name", $"{name}"));
        }

        // Half of it is of no use to the one who calls, so it goes on when they leave.
        var forgotten = await removal.ForgetAsync(name.Id, CancellationToken.None);
        LogForgotten(name, forgotten.PartitionCount, forgotten.FileCount, forgotten.EventCount);
        return forgotten;
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Deleted all of {Tenant} in this process: {Partitions} groups of records, {Files} files, {Events} events.")]
    private partial void LogForgotten(TenantName tenant, long partitions, long files, long events);
}
