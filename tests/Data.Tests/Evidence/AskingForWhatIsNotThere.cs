using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class AskingForWhatIsNotThere(DataHost host)
{
    [Fact]
    public async Task Is_not_found_by_its_name()
    {
        var name = $"{NewCase()}/evidence/none";

        var exception = await FailsAsync(
            StatusCode.NotFound, ErrorReason.EvidenceNotFound,
            () => host.Client.GetEvidenceAsync(new() { Name = name }, cancellationToken: Cancel).ResponseAsync);

        Assert.Contains(name, exception.Status.Detail, StringComparison.Ordinal);
        await FailsAsync(StatusCode.NotFound, ErrorReason.EvidenceNotFound, () => host.Client.ReadAllLinesAsync(name));
    }

    [Fact]
    public async Task Is_not_found_in_another_case()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "a.log", "mine\n");
        var foreign = $"{NewCase()}/evidence/{evidence.Name.Split('/')[^1]}";

        await FailsAsync(StatusCode.NotFound, ErrorReason.EvidenceNotFound, () => host.Client.ReadAllLinesAsync(foreign));
    }

    [Fact]
    public async Task Is_refused_when_it_is_not_a_name()
    {
        await FailsAsync(StatusCode.InvalidArgument, ErrorReason.InvalidField, () => host.Client.ReadAllLinesAsync("cases/../evidence/x"));
        await FailsAsync(
            StatusCode.InvalidArgument,
            ErrorReason.InvalidField,
            () => host.Client.ListSignalsAsync(new() { Parent = "cases/" }, cancellationToken: Cancel).ResponseAsync);
    }

    [Theory]
    [InlineData("")]
    [InlineData("folder/")]
    public async Task Is_refused_when_an_upload_has_no_file_name(string fileName)
    {
        var exception = await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.InvalidField, () => host.Client.UploadAsync(NewCase(), fileName, "a\n"));

        Assert.Contains("metadata.file_name", exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Is_refused_when_an_upload_begins_without_metadata()
    {
        using var call = host.Client.UploadEvidence(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new UploadEvidenceRequest { Chunk = Google.Protobuf.ByteString.CopyFromUtf8("a\n") }, Cancel);

        await FailsAsync(StatusCode.InvalidArgument, ErrorReason.InvalidField, () => call.ResponseAsync);
    }
}
