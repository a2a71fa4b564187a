using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using Microsoft.Extensions.DependencyInjection;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>Deletes all that is kept of a tenant.</summary>
public interface ITenantRemoval
{
    /// <summary>Deletes it, and counts what was there.</summary>
    /// <exception cref="StateStoreException">A store does not answer; what is left is deleted by another call.</exception>
    Task<ForgetTenantResponse> ForgetAsync(string tenant, CancellationToken cancellationToken);
}

/// <summary>Deletes what the services of this process keep.</summary>
public sealed class TenantRemoval(IServiceProvider services, IEnumerable<ITenantHolder> holders) : ITenantRemoval
{
    /// <inheritdoc/>
    public async Task<ForgetTenantResponse> ForgetAsync(string tenant, CancellationToken cancellationToken)
    {
        var forgotten = new ForgetTenantResponse();
        foreach (var holder in holders)
        {
            var (files, events) = await holder.ForgetAsync(tenant, cancellationToken);
            forgotten.FileCount += files;
            forgotten.EventCount += events;
        }

        foreach (var store in services.GetKeyedServices<StateStore>(KeyedService.AnyKey))
        {
            foreach (var shard in store.Shards)
            {
                var answers = new StateTransaction(shard);
                answers.DeleteAll(RequestLedger.PrefixOf(tenant));
                await store.CommitAsync(answers, cancellationToken);
            }

            await foreach (var partition in store.ListPartitionsAsync(tenant, cancellationToken))
            {
                var transaction = new StateTransaction(partition);
                transaction.DeletePartition();
                await store.CommitAsync(transaction, cancellationToken);
                forgotten.PartitionCount++;
            }
        }

        return forgotten;
    }
}
