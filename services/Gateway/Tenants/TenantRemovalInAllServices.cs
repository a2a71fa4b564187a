using FaultMaven.Gateway.Operations;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Tenants;
using Grpc.Net.ClientFactory;

namespace FaultMaven.Gateway.Tenants;

/// <summary>Deletes what the services and the gateway itself keep of a tenant, the way in first.</summary>
internal sealed class TenantRemovalInAllServices(TenantRemoval own, GrpcClientFactory clients) : ITenantRemoval
{
    public async Task<ForgetTenantResponse> ForgetAsync(string tenant, CancellationToken cancellationToken)
    {
        var forgotten = await own.ForgetAsync(tenant, cancellationToken);
        foreach (var service in EachService.Names)
        {
            var client = clients.CreateClient<TenantService.TenantServiceClient>($"tenants-{service}");
            var there = await ServiceCall.To(
                service,
                ErrorReason.ServiceUnavailable,
                () => client.ForgetTenantAsync(
                    new() { Name = $"{new TenantName(tenant)}" }, cancellationToken: cancellationToken).ResponseAsync);
            forgotten.PartitionCount += there.PartitionCount;
            forgotten.FileCount += there.FileCount;
            forgotten.EventCount += there.EventCount;
        }

        return forgotten;
    }
}
