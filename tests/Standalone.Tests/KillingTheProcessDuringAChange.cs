using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Kind = FaultMaven.Protos.Operations.V1.AuditEntry.Types.Kind;

namespace FaultMaven.Standalone.Tests;

public sealed class KillingTheProcessDuringAChange : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-kill-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_in_the_audit_log_that_it_began_and_that_its_outcome_is_not_known()
    {
        await using (var first = await StandaloneProcess.StartAsync(_directory.FullName, Cancel))
        {
            var parent = (await new SessionService.SessionServiceClient(first.Channel).CreateCaseAsync(
                new() { Title = "Disk full" }, cancellationToken: Cancel)).Name;
            using var upload = new DataService.DataServiceClient(first.Channel).UploadEvidence(cancellationToken: Cancel);
            await upload.RequestStream.WriteAsync(
                new() { Metadata = new() { Parent = parent, FileName = "app.log" } }, Cancel);
            await upload.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFromUtf8("ERROR write failed\n") }, Cancel);
            await WaitForBeginningAsync(new AuditService.AuditServiceClient(first.Channel));
            await first.KillAsync();
        }

        await using var second = await StandaloneProcess.StartAsync(_directory.FullName, Cancel);
        var audit = new AuditService.AuditServiceClient(second.Channel);
        var log = Assert.Single((await audit.VerifyAuditLogsAsync(new() { Name = "auditLogs/data" }, cancellationToken: Cancel)).AuditLogs);
        var sessions = Assert.Single(
            (await audit.VerifyAuditLogsAsync(new() { Name = "auditLogs/session" }, cancellationToken: Cancel)).AuditLogs);

        Assert.Equal((AuditLog.Types.Problem.Unspecified, 1, 1), (log.Problem, log.EntryCount, log.UnfinishedCount));
        Assert.Equal((AuditLog.Types.Problem.Unspecified, 2, 0), (sessions.Problem, sessions.EntryCount, sessions.UnfinishedCount));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    // Nothing announces an entry of the log; each look is a call.
    private static async Task WaitForBeginningAsync(AuditService.AuditServiceClient audit)
    {
        while ((await audit.ListAuditEntriesAsync(new() { Parent = "auditLogs/data" }, cancellationToken: Cancel))
            .AuditEntries.All(entry => entry.Kind != Kind.Began))
        {
            Cancel.ThrowIfCancellationRequested();
        }
    }
}
