using FaultMaven.Data.Store;
using FaultMaven.ServiceDefaults.Identity;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Removes what a crash left between two steps: stored texts that no record points to, once they are too old to belong to an upload that is
/// about to write its record, and files of archives that were never unpacked to their end.
/// </summary>
internal sealed partial class OrphanSweep(
    IBlobStore blobs, EvidenceStore store, UnpackJournals journals, IOptions<IntakeOptions> options, TimeProvider time,
    ILogger<OrphanSweep> logger)
    : BackgroundService
{
    /// <summary>How many texts are checked with one question to the store.</summary>
    private const int BatchSize = 500;

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
            catch (IOException exception)
            {
                // The next sweep tries again.
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var before = time.GetUtcNow() - options.Value.OrphanGrace;
        var swept = 0;

        await foreach (var batch in blobs.ListAsync(cancellationToken).Where(blob => blob.WriteTime < before).Chunk(BatchSize))
        {
            foreach (var texts in batch.GroupBy(blob => (blob.Tenant, blob.Name.Case)))
            {
                using var work = CallIdentity.OfService(EvidenceStore.Service, texts.Key.Tenant).Enter(EvidenceStore.Service);
                foreach (var orphan in await store.WithoutRecordAsync(texts.Key.Case, [.. texts], cancellationToken))
                {
                    await blobs.DeleteAsync(orphan.Name, orphan.Sha256, cancellationToken);
                    swept++;
                }
            }
        }

        if (swept > 0)
        {
            LogSwept(swept);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} texts that no evidence record refers to.")]
    private partial void LogSwept(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The orphan sweep failed; it runs again at the next interval.")]
    private partial void LogFailed(Exception exception);
}
