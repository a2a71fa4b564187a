using FaultMaven.Data.Store;
using Grpc.Core;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Removes what a crash left between two steps: stored texts that no record points to, once they are too old to belong to an upload that is about to write its
/// record, and files of archives that were never unpacked to their end.
/// </summary>
internal sealed partial class OrphanSweep(
    IBlobStore blobs, EvidenceStore store, UnpackJournals journals, IOptions<DataOptions> options, TimeProvider time, ILogger<OrphanSweep> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, time);

        do
        {
            try
            {
                await journals.UndoLeftOversAsync();
                await SweepAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is IOException or RedisException or TimeoutException or RpcException)
            {
                // The next round has another chance.
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.OrphanGrace;
        var swept = 0;

        await foreach (var blob in blobs.ListAsync(cancellationToken))
        {
            if (blob.WriteTime < before && (await store.FindAsync(blob.Name, cancellationToken))?.ContentSha256 != blob.Sha256)
            {
                await blobs.DeleteAsync(blob.Name, blob.Sha256, cancellationToken);
                swept++;
            }
        }

        if (swept > 0)
        {
            LogSwept(swept);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} texts that no record pointed to.")]
    private partial void LogSwept(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sweep for texts without a record broke off.")]
    private partial void LogFailed(Exception exception);
}
