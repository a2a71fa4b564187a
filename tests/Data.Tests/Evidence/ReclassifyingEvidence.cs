using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class ReclassifyingEvidence(DataHost host)
{
    private const string Disks = "Filesystem      Size  Used Avail Use% Mounted on\n/dev/sda1        50G   49G  500M  99% /\n";

    [Fact]
    public async Task Analyses_the_stored_text_again_as_what_it_then_is()
    {
        var parent = NewCase();
        var uploaded = await host.Client.UploadAsync(parent, "disks.txt", Disks, EvidenceType.Documentation);
        Assert.DoesNotContain(await KindsAsync(parent), kind => kind == "metric.saturated");

        var changed = await ReclassifyAsync(uploaded.Name, EvidenceType.CommandOutput, "ann");

        Assert.Equal((EvidenceType.CommandOutput, 1d, false), (changed.Type, changed.Confidence, changed.NeedsConfirmation));
        Assert.Contains("metric.saturated", await KindsAsync(parent));
        Assert.Equal(changed, await host.Client.GetEvidenceAsync(new() { Name = uploaded.Name }, cancellationToken: Cancel));
    }

    [Fact]
    public async Task Keeps_what_it_was_taken_for_and_by_whom()
    {
        var uploaded = await host.Client.UploadAsync(NewCase(), "disks.txt", Disks);

        await ReclassifyAsync(uploaded.Name, EvidenceType.Text, "ann");
        var changed = await ReclassifyAsync(uploaded.Name, EvidenceType.Unspecified, "");

        Assert.Equal(
            [
                (EvidenceType.CommandOutput, ClassificationSource.Classifier, ""),
                (EvidenceType.Text, ClassificationSource.Override, "ann"),
                (EvidenceType.CommandOutput, ClassificationSource.Classifier, ""),
            ],
            changed.Classifications.Select(entry => (entry.Type, entry.Source, entry.RequestedBy)));
        Assert.All(changed.Classifications, entry => Assert.NotNull(entry.CreateTime));
        Assert.Equal(uploaded.Reasons, changed.Reasons);
    }

    [Fact]
    public async Task Says_what_the_uploader_said()
    {
        var uploaded = await host.Client.UploadAsync(NewCase(), "disks.txt", Disks, EvidenceType.Text);

        var entry = Assert.Single(uploaded.Classifications);

        Assert.Equal((EvidenceType.Text, ClassificationSource.Upload, 1d), (entry.Type, entry.Source, entry.Confidence));
    }

    [Fact]
    public async Task Asks_where_the_content_says_too_little()
    {
        var uploaded = await host.Client.UploadAsync(NewCase(), "x", "lorem ipsum");

        Assert.True(uploaded.NeedsConfirmation);

        Assert.False((await ReclassifyAsync(uploaded.Name, EvidenceType.Logs, "")).NeedsConfirmation);
    }

    [Fact]
    public async Task Two_at_the_same_time_are_both_in_the_history()
    {
        var uploaded = await host.Client.UploadAsync(NewCase(), "disks.txt", Disks);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => ReclassifyAsync(uploaded.Name, EvidenceType.Text, $"caller {i}")));

        var evidence = await host.Client.GetEvidenceAsync(new() { Name = uploaded.Name }, cancellationToken: Cancel);
        Assert.Equal(
            Enumerable.Range(0, 8).Select(i => $"caller {i}"), evidence.Classifications.Skip(1).Select(entry => entry.RequestedBy).Order());
    }

    [Fact]
    public async Task A_reference_only_changes_its_type()
    {
        var uploaded = await host.Client.UploadAsync(NewCase(), "shot.png", [0x89, .. "PNG\r\n\u001a\n"u8, 0, 1, 2, 3]);

        var changed = await ReclassifyAsync(uploaded.Name, EvidenceType.Unanalyzable, "");

        Assert.Equal((EvidenceType.Image, EvidenceType.Unanalyzable, 0), (uploaded.Type, changed.Type, changed.SignalCount));
    }

    [Fact]
    public async Task Of_what_is_not_there_or_of_no_type_fails()
    {
        var missing = $"{NewCase()}/evidence/none";

        await FailsAsync(StatusCode.NotFound, ErrorReason.EvidenceNotFound, () => ReclassifyAsync(missing, EvidenceType.Logs, ""));
        await FailsAsync(StatusCode.InvalidArgument, ErrorReason.InvalidField, () => ReclassifyAsync(missing, (EvidenceType)99, ""));
        await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.InvalidField, () => ReclassifyAsync(missing, EvidenceType.Logs, new string('x', 256)));
    }

    [Fact]
    public async Task Announces_the_analysis_again()
    {
        var uploaded = await host.Client.UploadAsync(NewCase(), "disks.txt", Disks, EvidenceType.Documentation);
        Assert.Equal(0, (await host.Announcements.NextAsync(uploaded.Name, Cancel)).SignalCount);

        var changed = await ReclassifyAsync(uploaded.Name, EvidenceType.CommandOutput, "ann");

        var announced = await host.Announcements.NextAsync(uploaded.Name, Cancel);
        Assert.Equal((changed.SignalCount, "disks.txt"), (announced.SignalCount, announced.FileName));
        Assert.NotEqual(0, announced.SignalCount);
    }

    [Fact]
    public async Task As_a_type_that_is_not_taken_in_changes_nothing()
    {
        await using var own = await DataHost.StartAsync(
            ("Data:Limits:AllowedTypes:0", "CommandOutput"), ("Data:Limits:AllowedTypes:1", "Documentation"));
        var uploaded = await own.Client.UploadAsync(NewCase(), "disks.txt", Disks, EvidenceType.Documentation);

        await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.TypeNotAllowed, () => ReclassifyAsync(own, uploaded.Name, EvidenceType.Logs, ""));
        Assert.Equal(uploaded, await own.Client.GetEvidenceAsync(new() { Name = uploaded.Name }, cancellationToken: Cancel));

        Assert.Equal(EvidenceType.CommandOutput, (await ReclassifyAsync(own, uploaded.Name, EvidenceType.Unspecified, "")).Type);
    }

    [Fact]
    public async Task Without_room_on_the_disk_changes_nothing()
    {
        using var disk = SmallDisk.Mount(16);
        await using var own = await DataHost.StartAsync(("Data:Directory", disk.Directory));
        var uploaded = await own.Client.UploadAsync(
            NewCase(), "app.log", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"INFO: job {i} is done\n")));
        disk.Fill(butForBytes: 0);

        await FailsAsync(
            StatusCode.ResourceExhausted, ErrorReason.StorageFull, () => ReclassifyAsync(own, uploaded.Name, EvidenceType.Text, ""));
        Assert.Equal(uploaded, await own.Client.GetEvidenceAsync(new() { Name = uploaded.Name }, cancellationToken: Cancel));

        disk.Free();
        Assert.Equal(EvidenceType.Text, (await ReclassifyAsync(own, uploaded.Name, EvidenceType.Text, "")).Type);
    }

    [Fact]
    public async Task Reports_progress_and_gives_the_evidence_last()
    {
        var uploaded = await host.Client.UploadAsync(NewCase(), "disks.txt", Disks);
        using var call = host.Client.ReclassifyEvidence(
            new() { Name = uploaded.Name, Type = EvidenceType.Text }, cancellationToken: Cancel);

        var responses = await call.ResponseStream.ReadAllAsync(Cancel).ToListAsync(Cancel);

        Assert.All(
            responses.SkipLast(1),
            response => Assert.Equal((Disks.Length, "disks.txt"), (response.Progress.BytesTotal, response.Progress.FileName)));
        Assert.Equal(EvidenceType.Text, responses[^1].Evidence.Type);
    }

    [Fact]
    public async Task That_has_changed_since_it_was_read_changes_nothing()
    {
        var read = await host.Client.UploadAsync(NewCase(), "disks.txt", Disks);
        await host.Client.ReclassifyAsync(new() { Name = read.Name, Type = EvidenceType.Text, Etag = read.Etag });

        await FailsAsync(
            StatusCode.Aborted, ErrorReason.EtagMismatch,
            () => host.Client.ReclassifyAsync(new() { Name = read.Name, Type = EvidenceType.Logs, Etag = read.Etag }));
    }

    private Task<Proto.Evidence> ReclassifyAsync(string name, EvidenceType type, string requestedBy) =>
        ReclassifyAsync(host, name, type, requestedBy);

    private static Task<Proto.Evidence> ReclassifyAsync(DataHost host, string name, EvidenceType type, string requestedBy) =>
        host.Client.ReclassifyAsync(new() { Name = name, Type = type, RequestedBy = requestedBy });

    private async Task<IReadOnlyList<string>> KindsAsync(string parent) =>
        [
            .. (await host.Client.ListSignalsAsync(
                new() { Parent = parent }, cancellationToken: Cancel)).Signals.Select(signal => signal.Kind)];
}
