using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>
/// Makes the entries of cases that an earlier version wrote, tenant after tenant, once the service has started: a batch at a time, and
/// from where it was broken off. Lists read all cases of a tenant until it is through.
/// </summary>
internal sealed partial class CaseIndexing(
    [FromKeyedServices(CaseLog.Service)] StateStore store,
    CaseIndex index,
    FormerCaseList former,
    CaseLog log,
    TimeProvider time,
    ILogger<CaseIndexing> logger) : BackgroundService
{
    private const string PositionKey = "index-position";
    private const int BatchSize = 200;

    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(5);

    private static Partition Whole => Partition.OfCaller(CaseIndex.PartitionName);

    /// <summary>Makes what entries are missing in the tenant that is worked for. Does nothing if there are none.</summary>
    public async Task IndexAsync(CancellationToken cancellationToken)
    {
        if (await index.IsCompleteAsync(cancellationToken))
        {
            // Broken off after the last case.
            await former.DeleteAsync(cancellationToken);
            return;
        }

        var (count, isWhole) = (0L, true);
        var after = (await store.FindAsync(Whole, PositionKey, cancellationToken))?.Text;
        var scan = index.ScanEverything(after, isDescending: false, BatchSize);
        while (await scan.TakeAsync(BatchSize, cancellationToken) is { Count: > 0 } entries)
        {
            isWhole &= !(await Task.WhenAll(entries.Select(entry => TryIndexAsync(entry.Name, cancellationToken)))).Contains(false);
            var transaction = new StateTransaction(Whole);
            transaction.Put(PositionKey, entries[^1].End);
            await store.CommitAsync(transaction, cancellationToken);
            count += entries.Count;
        }

        // Until all cases can be indexed, lists are read from the former list as well, and the next start tries again.
        if (isWhole)
        {
            await index.CompleteAsync(cancellationToken);
            await former.DeleteAsync(cancellationToken);
        }

        var end = new StateTransaction(Whole);
        end.Delete(PositionKey);
        await store.CommitAsync(end, cancellationToken);
        LogIndexed(count, Whole.Tenant);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (var tenant in await store.ListTenantsAsync(stoppingToken))
                {
                    using var work = CallIdentity.OfService(CaseLog.Service, tenant).Enter(CaseLog.Service);
                    await IndexAsync(stoppingToken);
                }

                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (StateStoreException exception)
            {
                LogStoreAway(exception);
                await Task.Delay(s_pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> TryIndexAsync(CaseName name, CancellationToken cancellationToken)
    {
        try
        {
            await log.IndexAsync(name, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidProtocolBufferException)
        {
            LogDamaged(exception, $"{name}");
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "{Case} cannot be read, so it is not indexed; 'fm admin check' says what is damaged.")]
    private partial void LogDamaged(Exception exception, string @case);

    [LoggerMessage(LogLevel.Information, "Indexed {Count} cases of {Tenant}.")]
    private partial void LogIndexed(long count, string tenant);

    [LoggerMessage(LogLevel.Warning, "Cases cannot be indexed while the store is away; it is tried again.")]
    private partial void LogStoreAway(Exception exception);
}
