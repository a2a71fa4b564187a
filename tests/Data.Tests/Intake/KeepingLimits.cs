using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;
using static FaultMaven.Data.Tests.Intake.Packed;

namespace FaultMaven.Data.Tests.Intake;

public sealed class KeepingLimits
{
    [Fact]
    public async Task Of_what_a_case_may_hold_until_something_is_deleted()
    {
        await using var host = await DataHost.StartAsync(("Data:Limits:MaxCaseBytes", "1000"));
        var parent = NewCase();
        var first = await host.Client.UploadAsync(parent, "a.log", $"{new string('a', 600)}\n");

        var exception = await FailsAsync(
            StatusCode.ResourceExhausted, ErrorReason.CaseFull,
            () => host.Client.UploadAsync(parent, "b.log", $"{new string('b', 600)}\n"));
        Assert.Contains("Data:Limits:MaxCaseBytes", exception.Status.Detail, StringComparison.Ordinal);
        await host.Client.DeleteEvidenceAsync(new() { Name = first.Name }, cancellationToken: Cancel);

        Assert.Empty((await host.Client.UploadAsync(parent, "b.log", $"{new string('b', 600)}\n")).DuplicateOf);
    }

    [Fact]
    public async Task Of_what_types_are_taken_in_an_archive_or_not()
    {
        await using var host = await DataHost.StartAsync(("Data:Limits:AllowedTypes:0", "Logs"));
        var parent = NewCase();
        var config = Bytes("pool:\n  size: 5\n");

        await FailsAsync(StatusCode.InvalidArgument, ErrorReason.TypeNotAllowed, () => host.Client.UploadAsync(parent, "app.yaml", config));
        var archive = await host.Client.UploadAsync(
            parent, "a.zip", Zip(("app.yaml", config), ("app.log", Bytes("2026-05-04T03:00:00Z INFO pool: one is back\n"))));

        Assert.Equal(
            (1, ErrorReason.TypeNotAllowed), (archive.Archive.StoredCount, Assert.Single(archive.Archive.Failures).Error.Reason()));
    }
}
