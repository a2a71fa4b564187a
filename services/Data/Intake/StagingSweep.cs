
namespace FaultMaven.Data.Intake;

/// <summary>
/// Deletes at start what uploads left behind that a crash broke off. Files that another replica is still writing are locked, and stay.
/// </summary>
internal sealed partial class StagingSweep(StagingDirectory incoming, ILogger<StagingSweep> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Here, so that a folder that cannot be written fails the start.
        Directory.CreateDirectory(incoming.Path);

        var swept = Directory.EnumerateFiles(incoming.Path, "*.tmp").Count(TryDelete);

        if (swept > 0)
        {
            LogSwept(swept);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static bool TryDelete(string path)
    {
        try
        {
            using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
            {
                File.Delete(path);
            }

            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {Count} unfinished uploads of an earlier run.")]
    private partial void LogSwept(int count);
}
