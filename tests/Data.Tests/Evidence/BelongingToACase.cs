using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class BelongingToACase(DataHost host)
{
    [Theory]
    [InlineData(Case.Types.State.Unspecified, StatusCode.NotFound, ErrorReason.CaseNotFound)]
    [InlineData(Case.Types.State.Closed, StatusCode.FailedPrecondition, ErrorReason.CaseStateConflict)]
    public async Task Nothing_is_stored_in_a_case_that_does_not_exist_or_is_closed(
        Case.Types.State state, StatusCode code, ErrorReason reason)
    {
        var parent = NewCase();
        var before = await host.Client.UploadAsync(parent, "before.log", "before\n");
        host.Session.Set(parent, state);
        var file = new CreateEvidenceRequest { Parent = parent, FileName = "a.log", Content = ByteString.CopyFromUtf8("late\n") };

        await FailsAsync(code, reason, () => host.Client.UploadAsync(parent, "a.log", "late\n"));
        await FailsAsync(code, reason, () => host.Client.CreateEvidenceAsync(file, cancellationToken: Cancel).ResponseAsync);
        await FailsAsync(
            code, reason,
            () =>
                host.Client.UploadSmallFilesAsync(new() { Parent = parent, Requests = { file } }, cancellationToken: Cancel).ResponseAsync);
        await FailsAsync(code, reason, () => host.Client.ReclassifyAsync(new() { Name = before.Name, Type = EvidenceType.Text }));

        var left = (await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence;
        Assert.Equal([before.Name], left.Select(evidence => evidence.Name));
    }

    [Fact]
    public async Task Evidence_of_a_closed_case_can_be_read_and_deleted()
    {
        var parent = NewCase();
        var evidence = await host.Client.UploadAsync(parent, "a.log", "read me\n");
        host.Session.Set(parent, Case.Types.State.Closed);

        Assert.Equal(["read me"], await host.Client.ReadAllLinesAsync(evidence.Name));
        Assert.Single(await host.Client.SearchAsync(parent, "READ"));
        await host.Client.DeleteEvidenceAsync(new() { Name = evidence.Name }, cancellationToken: Cancel);
    }

    [Fact]
    public async Task Everything_goes_when_the_case_is_deleted_also_when_that_is_announced_twice()
    {
        var parent = NewCase();
        var evidence = await host.Client.UploadAsync(parent, "a.md", "!error disk.full\n", MarkedLines.Type);
        await host.Client.UploadAsync(parent, "b.log", "two\n");

        await host.PublishAsync(new CaseDeleted { Case = parent });
        await host.PublishAsync(new CaseDeleted { Case = parent });

        Assert.Empty((await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
        Assert.Empty((await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals);
        await FailsAsync(StatusCode.NotFound, ErrorReason.EvidenceNotFound, () => host.Client.ReadAllLinesAsync(evidence.Name));
        Assert.False(Directory.Exists(Path.Combine(host.DataDirectory, "blobs", "local", parent["cases/".Length..])));
    }

    [Fact]
    public async Task An_upload_that_ends_after_its_case_was_deleted_stores_nothing()
    {
        var parent = NewCase();
        host.Redaction.Script(parent, async received =>
        {
            if (received == ScriptedRedaction.End)
            {
                await host.PublishAsync(new CaseDeleted { Case = parent });
            }
        });

        await FailsAsync(StatusCode.NotFound, ErrorReason.CaseNotFound, () => host.Client.UploadAsync(parent, "a.log", "late\n"));

        Assert.Empty((await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
    }
}
