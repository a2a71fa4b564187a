using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class DeletingEvidence(DataHost host)
{
    [Fact]
    public async Task Leaves_neither_record_nor_signals_nor_text()
    {
        var parent = NewCase();
        var evidence = await host.Client.UploadAsync(parent, "a.md", "!error disk.full\n", MarkedLines.Type);

        await host.Client.DeleteEvidenceAsync(new() { Name = evidence.Name }, cancellationToken: Cancel);

        await FailsAsync(
            StatusCode.NotFound,
            ErrorReason.EvidenceNotFound,
            () => host.Client.GetEvidenceAsync(new() { Name = evidence.Name }, cancellationToken: Cancel).ResponseAsync);
        Assert.Empty((await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
        Assert.Empty((await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals);
        Assert.False(Directory.Exists(Path.Combine(host.DataDirectory, "blobs", "local", parent["cases/".Length..])));
    }

    [Fact]
    public async Task Leaves_nothing_that_was_found_by_comparing_with_it()
    {
        var parent = NewCase();
        var earlier = await host.Client.UploadAsync(parent, "app.yaml", "pool:\n  size: 50\n  timeout: 30\n");
        var later = await host.Client.UploadAsync(parent, "app.yaml", "pool:\n  size: 5\n  timeout: 30\n");
        Assert.Contains(
            await SignalsAsync(),
            signal => signal.Kind == "config.changed" && signal.Citations.Any(citation => citation.Evidence == earlier.Name));

        await host.Client.DeleteEvidenceAsync(new() { Name = earlier.Name }, cancellationToken: Cancel);

        var left = await SignalsAsync();
        Assert.DoesNotContain(left, signal => signal.Kind == "config.changed");
        Assert.All(left.SelectMany(signal => signal.Citations), citation => Assert.Equal(later.Name, citation.Evidence));

        async Task<IReadOnlyList<Signal>> SignalsAsync() =>
            (await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals;
    }

    [Fact]
    public async Task Leaves_the_same_content_in_another_case()
    {
        var deleted = await host.Client.UploadAsync(NewCase(), "a.log", "shared\n");
        var kept = await host.Client.UploadAsync(NewCase(), "a.log", "shared\n");

        await host.Client.DeleteEvidenceAsync(new() { Name = deleted.Name }, cancellationToken: Cancel);

        Assert.Equal(["shared"], await host.Client.ReadAllLinesAsync(kept.Name));
    }

    [Fact]
    public async Task Lets_the_content_come_again()
    {
        var parent = NewCase();
        var first = await host.Client.UploadAsync(parent, "a.log", "again\n");
        await host.Client.DeleteEvidenceAsync(new() { Name = first.Name }, cancellationToken: Cancel);

        var second = await host.Client.UploadAsync(parent, "a.log", "again\n");

        Assert.Empty(second.DuplicateOf);
        Assert.Equal(["again"], await host.Client.ReadAllLinesAsync(second.Name));
    }

    [Fact]
    public async Task Of_what_is_not_there_fails_unless_that_is_allowed()
    {
        var name = $"{NewCase()}/evidence/none";

        await FailsAsync(
            StatusCode.NotFound, ErrorReason.EvidenceNotFound,
            () => host.Client.DeleteEvidenceAsync(new() { Name = name }, cancellationToken: Cancel).ResponseAsync);
        await host.Client.DeleteEvidenceAsync(new() { Name = name, AllowMissing = true }, cancellationToken: Cancel);
    }

    [Fact]
    public async Task That_has_changed_since_it_was_read_fails()
    {
        var read = await host.Client.UploadAsync(NewCase(), "a.log", "again\n");
        var changed = await host.Client.ReclassifyAsync(new() { Name = read.Name, Type = EvidenceType.Text });

        await FailsAsync(
            StatusCode.Aborted,
            ErrorReason.EtagMismatch,
            () => host.Client.DeleteEvidenceAsync(new() { Name = read.Name, Etag = read.Etag }, cancellationToken: Cancel).ResponseAsync);
        await host.Client.DeleteEvidenceAsync(new() { Name = read.Name, Etag = changed.Etag }, cancellationToken: Cancel);
    }
}
