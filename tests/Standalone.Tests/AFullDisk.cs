using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Standalone.Tests;

public sealed class AFullDisk
{
    private const long MiB = 1024 * 1024;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Is_not_a_place_to_start_on()
    {
        using var disk = SmallDisk.Mount(80);
        disk.Fill(butForBytes: 40 * MiB);

        var refused = await Assert.ThrowsAsync<DataDirectoryException>(() =>
            StandaloneHost.StartAsync(new StandaloneOptions { DataDirectory = disk.Directory }, Cancel));

        Assert.Contains("64 MiB", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_would_write_and_answers_the_rest()
    {
        using var disk = SmallDisk.Mount(100);
        await using var host = await FaultMavenHost.StartAsync(disk.Directory, null, null, Cancel);
        var sessions = new SessionService.SessionServiceClient(host.Channel);
        var existing = await sessions.CreateCaseAsync(new() { Title = "Before" }, cancellationToken: Cancel);
        disk.Fill(butForBytes: 8 * MiB);

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await sessions.CreateCaseAsync(new() { Title = "Meanwhile" }, cancellationToken: Cancel));
        var read = await sessions.GetCaseAsync(new() { Name = existing.Name }, cancellationToken: Cancel);
        disk.Free();
        var after = await sessions.CreateCaseAsync(new() { Title = "After" }, cancellationToken: Cancel);

        Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        Assert.Equal(ErrorReason.StorageFull, RpcFault.ReasonOf(refused));
        Assert.Equal("Before", read.Title);
        Assert.Equal("After", after.Title);
    }

    [Fact]
    public async Task That_fills_amid_writes_loses_nothing_that_was_acknowledged()
    {
        using var disk = SmallDisk.Mount(100);
        var acknowledged = new List<string>();
        for (var round = 0; round < 3; round++)
        {
            await using (var host = await FaultMavenHost.StartAsync(disk.Directory, null, null, Cancel))
            {
                var sessions = new SessionService.SessionServiceClient(host.Channel);
                foreach (var name in acknowledged)
                {
                    await sessions.GetCaseAsync(new() { Name = name }, cancellationToken: Cancel);
                }

                acknowledged.Add((await sessions.CreateCaseAsync(new() { Title = "Kept" }, cancellationToken: Cancel)).Name);

                // Another process leaves nothing at all, after the guard let the writers pass.
                var writers = Enumerable.Range(0, 4).Select(_ => WriteUntilRefusedAsync(sessions)).ToList();
                disk.Fill(butForBytes: 0);
                acknowledged.AddRange((await Task.WhenAll(writers)).SelectMany(names => names));
            }

            disk.Free();
        }
    }

    [Fact]
    public async Task Keeps_what_could_be_deleted_but_not_written_down()
    {
        // Documents are on another disk, which has room; the audit log of the service that keeps them is not.
        using var disk = SmallDisk.Mount(100);
        var roomy = Directory.CreateTempSubdirectory("fm-knowledge-");
        Directory.CreateSymbolicLink(Path.Combine(disk.Directory, "knowledge"), roomy.FullName);
        await using (var host = await FaultMavenHost.StartAsync(disk.Directory, null, null, Cancel))
        {
            var knowledge = new KnowledgeService.KnowledgeServiceClient(host.Channel);
            var source = new DocumentSource { Path = "disks.md", Content = ByteString.CopyFromUtf8("# Disks\n\nMake room.\n") };
            var imported = await knowledge.BatchImportDocumentsAsync(new() { Documents = { source } }, cancellationToken: Cancel);
            var name = imported.Results[0].Document.Name;
            disk.Fill(butForBytes: 0);

            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await knowledge.DeleteDocumentAsync(new() { Name = name }, cancellationToken: Cancel));
            var kept = await knowledge.GetDocumentAsync(new() { Name = name }, cancellationToken: Cancel);
            disk.Free();
            var log = await new AuditService.AuditServiceClient(host.Channel).ListAuditEntriesAsync(
                new() { Parent = "auditLogs/knowledge" }, cancellationToken: Cancel);

            Assert.Equal((StatusCode.ResourceExhausted, ErrorReason.StorageFull), (refused.StatusCode, RpcFault.ReasonOf(refused)));
            Assert.Equal(name, kept.Name);
            Assert.DoesNotContain(log.AuditEntries, entry => entry.Method.EndsWith("DeleteDocument", StringComparison.Ordinal));
            await knowledge.DeleteDocumentAsync(new() { Name = name }, cancellationToken: Cancel);
        }

        roomy.Delete(recursive: true);
    }

    [Fact]
    public async Task Does_not_keep_operators_from_looking()
    {
        using var disk = SmallDisk.Mount(100);
        await using var host = await FaultMavenHost.StartAsync(disk.Directory, null, null, Cancel);
        disk.Fill(butForBytes: 8 * MiB);

        await new AuditService.AuditServiceClient(host.Channel).ListAuditEntriesAsync(
            new() { Parent = "auditLogs/-" }, cancellationToken: Cancel);
        await new FlagService.FlagServiceClient(host.Channel).ListFlagsAsync(new(), cancellationToken: Cancel);
        await new OutboxService.OutboxServiceClient(host.Channel).ListOutboxesAsync(new(), cancellationToken: Cancel);
    }

    private static async Task<IReadOnlyList<string>> WriteUntilRefusedAsync(SessionService.SessionServiceClient sessions)
    {
        var names = new List<string>();
        try
        {
            while (true)
            {
                names.Add((await sessions.CreateCaseAsync(new() { Title = "Kept too" }, cancellationToken: Cancel)).Name);
            }
        }
        catch (RpcException)
        {
            return names;
        }
    }
}
