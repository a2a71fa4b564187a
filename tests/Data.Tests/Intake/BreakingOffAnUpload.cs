using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

/// <summary>Each test has its own service, because it looks at all that is left behind.</summary>
public sealed class BreakingOffAnUpload
{
    private static readonly byte[] s_chunk =
    [
        .. Enumerable.Repeat("a line of a log that is being uploaded\n"u8.ToArray(), 1_000).SelectMany(line => line),
    ];

    [Fact]
    public async Task Leaves_nothing_when_redaction_is_of_a_release_that_would_lose_the_text()
    {
        await using var host = await DataHost.StartAsync();
        var parent = NewCase();
        host.Redaction.IsOld = true;

        await FailsAsync(
            StatusCode.Unavailable, ErrorReason.RedactionUnavailable, () => host.Client.UploadAsync(parent, "app.log", [s_chunk]));

        await AssertNothingIsLeftAsync(host, parent);
    }

    [Fact]
    public async Task Leaves_nothing_when_the_caller_goes_away()
    {
        await using var host = await DataHost.StartAsync();
        var parent = NewCase();
        var underWay = new TaskCompletionSource();
        host.Redaction.Script(parent, received => Task.FromResult(received > 100_000 && underWay.TrySetResult()));
        using var goAway = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var call = host.Client.UploadEvidence(cancellationToken: goAway.Token);

        await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = parent, FileName = "app.log" } }, Cancel);

        while (!underWay.Task.IsCompleted)
        {
            await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFrom(s_chunk) }, Cancel);
        }

        await goAway.CancelAsync();
        await Assert.ThrowsAsync<RpcException>(() => call.ResponseAsync);

        var logs = host.Logs;
        await host.StopServiceAsync();
        Assert.Empty(Files(host));
        Assert.DoesNotContain(logs.GetSnapshot(), record => record.Level >= LogLevel.Warning);
        await host.StartServiceAsync();
        await AssertNothingIsLeftAsync(host, parent);
    }

    [Fact]
    public async Task Leaves_nothing_of_an_archive_when_the_caller_goes_away()
    {
        await using var host = await DataHost.StartAsync();
        var parent = NewCase();
        using var goAway = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var call = host.Client.ImportEvidence(cancellationToken: goAway.Token);
        host.Redaction.Script(parent, received => received is > 0 and < ScriptedRedaction.End ? goAway.CancelAsync() : Task.CompletedTask);

        await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = parent, FileName = "a.tar" } }, Cancel);
        await call.RequestStream.WriteAsync(
            new() { Chunk = ByteString.CopyFrom(Packed.Tar(("a.log", "stored\n"u8.ToArray()), ("b.log", [.. s_chunk, .. s_chunk]))) },
            Cancel);
        var entries = 0;
        await Assert.ThrowsAsync<RpcException>(async () =>
        {
            await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel))
            {
                entries += response.EntryResult?.Evidence is null ? 0 : 1;
            }
        });

        // It had one by then.
        Assert.Equal(1, entries);
        await host.StopServiceAsync();
        Assert.Empty(Files(host));
        await host.StartServiceAsync();
        await AssertNothingIsLeftAsync(host, parent);
    }

    [Fact]
    public async Task Leaves_nothing_of_an_archive_that_a_crash_broke_off()
    {
        await using var host = await DataHost.StartAsync(("Data:Intake:SweepInterval", "00:00:01"));
        var parent = NewCase();
        var entry = await host.Client.UploadAsync(parent, "entry.log", "stored\n");
        var kept = await host.Client.UploadAsync(parent, "kept.log", "kept\n");
        var journal = Path.Combine(host.DataDirectory, "incoming", "left.unpack");
        using var deleted = Deletions.Watch(journal);

        // As a process leaves it that was killed in the middle of a line.
        await File.WriteAllTextAsync(journal, $"local\n{parent}/evidence/archive\n{entry.Name}\n{kept.Name[..^4]}", Cancel);
        await deleted.WaitAsync(Cancel);

        Assert.Equal([kept], (await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
    }

    [Fact]
    public async Task Leaves_no_text_without_a_record_for_long()
    {
        await using var host = await DataHost.StartAsync(
            ("Data:Intake:SweepInterval", "00:00:01"), ("Data:Intake:OrphanGrace", "00:10:00"));
        var evidence = await host.Client.UploadAsync(NewCase(), "kept.log", "kept\n");
        var blob = Files(host).Single();
        var fresh = Path.Combine(Path.GetDirectoryName(blob)!, $"{new string('a', 64)}.fresh");
        var orphan = Path.Combine(Path.GetDirectoryName(blob)!, $"{new string('a', 64)}.orphan");
        using var deleted = Deletions.Watch(orphan);
        await File.WriteAllTextAsync(fresh, "about to get its record", Cancel);
        File.SetLastWriteTimeUtc(blob, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await File.WriteAllTextAsync($"{orphan}.new", "never got its record", Cancel);
        File.SetLastWriteTimeUtc($"{orphan}.new", new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        File.Move($"{orphan}.new", orphan);

        await deleted.WaitAsync(Cancel);

        Assert.Equal(new[] { blob, fresh }.Order(), Files(host).Order());
        Assert.Equal(["kept"], await host.Client.ReadAllLinesAsync(evidence.Name));
    }

    [Fact]
    public async Task Leaves_nothing_when_redaction_fails_on_the_way()
    {
        await using var host = await DataHost.StartAsync();
        var parent = NewCase();
        host.Redaction.Script(parent, received => received < 200_000
            ? Task.CompletedTask
            : throw RpcFault.Unavailable(ErrorReason.StoreUnavailable, "The store is gone."));

        await FailsAsync(
            StatusCode.Unavailable, ErrorReason.RedactionUnavailable,
            () => host.Client.UploadAsync(parent, "app.log", Enumerable.Repeat(s_chunk, 100)));

        await AssertNothingIsLeftAsync(host, parent);
    }

    [Fact]
    public async Task Does_not_wait_for_the_caller_when_redaction_fails()
    {
        await using var host = await DataHost.StartAsync();
        var parent = NewCase();
        host.Redaction.Script(parent, received => received < 1
            ? Task.CompletedTask
            : throw RpcFault.Unavailable(ErrorReason.StoreUnavailable, "The store is gone."));
        using var call = host.Client.UploadEvidence(cancellationToken: Cancel);

        await call.RequestStream.WriteAsync(new() { Metadata = new() { Parent = parent, FileName = "app.log" } }, Cancel);
        for (var i = 0; i < 5; i++)
        {
            await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFrom(s_chunk) }, Cancel);
        }

        // The stream stays open; an answer has to come all the same.
        await FailsAsync(StatusCode.Unavailable, ErrorReason.RedactionUnavailable, () => call.ResponseAsync);
    }

    [Fact]
    public async Task Says_so_at_once_when_redaction_is_not_there()
    {
        await using var host = await DataHost.StartAsync();
        var parent = NewCase();
        host.Redaction.Script(parent, _ => throw RpcFault.Unavailable(ErrorReason.StoreUnavailable, "The store is gone."));

        await FailsAsync(
            StatusCode.Unavailable, ErrorReason.RedactionUnavailable, () => host.Client.UploadAsync(parent, "app.log", [s_chunk]));

        await AssertNothingIsLeftAsync(host, parent);
    }

    [Fact]
    public async Task Gives_up_when_redaction_takes_no_more_text()
    {
        await using var host = await DataHost.StartAsync(("Data:Intake:RedactionPatience", "00:00:01"));
        var parent = NewCase();
        var end = new TaskCompletionSource();
        host.Redaction.Script(parent, received => received < 1 ? Task.CompletedTask : end.Task);

        await FailsAsync(
            StatusCode.Unavailable, ErrorReason.RedactionUnavailable,
            () => host.Client.UploadAsync(parent, "app.log", Enumerable.Repeat(s_chunk, 200)));

        end.SetResult();
        await AssertNothingIsLeftAsync(host, parent);
    }

    [Fact]
    public async Task Gives_up_when_redaction_does_not_come_to_an_end()
    {
        await using var host = await DataHost.StartAsync(("Data:Intake:RedactionPatience", "00:00:01"));
        var parent = NewCase();
        var end = new TaskCompletionSource();
        host.Redaction.Script(parent, received => received < ScriptedRedaction.End ? Task.CompletedTask : end.Task);

        await FailsAsync(
            StatusCode.Unavailable, ErrorReason.RedactionUnavailable, () => host.Client.UploadAsync(parent, "app.log", [s_chunk]));

        end.SetResult();
        await AssertNothingIsLeftAsync(host, parent);
    }

    [Fact]
    public async Task Leaves_nothing_of_what_is_too_large()
    {
        await using var host = await DataHost.StartAsync(("Data:Limits:MaxFileBytes", "1000000"));
        var parent = NewCase();

        var exception = await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.TooLarge,
            () => host.Client.UploadAsync(parent, "app.log", Enumerable.Repeat(s_chunk, 100)));

        Assert.Contains("1000000", exception.Status.Detail, StringComparison.Ordinal);
        await AssertNothingIsLeftAsync(host, parent);
    }

    [Fact]
    public async Task Leaves_nothing_when_the_store_is_gone()
    {
        await using var host = await DataHost.StartAsync();
        await host.KillRedisAsync();

        await FailsAsync(
            StatusCode.Unavailable, ErrorReason.StoreUnavailable, () => host.Client.UploadAsync(NewCase(), "app.log", [s_chunk]));

        Assert.Empty(Files(host));
    }

    [Fact]
    public async Task Is_swept_up_at_the_next_start()
    {
        await using var host = await DataHost.StartAsync();
        var incoming = Path.Combine(host.DataDirectory, "incoming");
        await File.WriteAllTextAsync(Path.Combine(incoming, "left.tmp"), "by a process that was killed", Cancel);
        var busy = Path.Combine(incoming, "busy.tmp");

        await using (new FileStream(busy, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            await host.RestartAsync();

            Assert.Equal([busy], Files(host));
        }
    }

    [Fact]
    public async Task Does_not_touch_what_was_acknowledged_before()
    {
        await using var host = await DataHost.StartAsync();
        var evidence = await host.Client.UploadAsync(NewCase(), "app.log", "kept\n");

        await host.RestartAsync();

        Assert.Equal(["kept"], await host.Client.ReadAllLinesAsync(evidence.Name));
    }

    private static async Task AssertNothingIsLeftAsync(DataHost host, string parent)
    {
        Assert.Empty((await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
        Assert.Empty(Files(host));
    }

    private static IEnumerable<string> Files(DataHost host) =>
        Directory.EnumerateFiles(host.DataDirectory, "*", new EnumerationOptions { RecurseSubdirectories = true });
}
