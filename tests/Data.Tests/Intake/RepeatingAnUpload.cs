using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using Google.Protobuf;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;
using static FaultMaven.Data.Tests.Intake.Packed;

namespace FaultMaven.Data.Tests.Intake;

public sealed class RepeatingAnUpload(DataHost host)
{
    private static readonly byte[] s_image = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 1, 2, 3];

    // Ids are their caller's, whatever the case.
    private readonly string _id = $"{Guid.NewGuid()}";
    private readonly string _otherId = $"{Guid.NewGuid()}";

    [Fact]
    public async Task With_the_same_request_id_gives_the_first_result()
    {
        var parent = NewCase();

        var first = await CreateAsync(parent, _id, "a.log", "one\n"u8.ToArray());
        var again = await CreateAsync(parent, _id, "a.log", "one\n"u8.ToArray());

        Assert.Equal(first, again);
        Assert.Empty(again.DuplicateOf);
    }

    [Fact]
    public async Task With_the_same_request_id_and_other_content_fails()
    {
        var parent = NewCase();
        await CreateAsync(parent, _id, "a.log", "one\n"u8.ToArray());

        await FailsAsync(
            StatusCode.AlreadyExists, ErrorReason.RequestIdReused, () => CreateAsync(parent, _id, "a.log", "two\n"u8.ToArray()));

        Assert.Single((await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
    }

    [Fact]
    public async Task Under_another_request_id_names_what_is_there_and_uses_that_id_up()
    {
        var parent = NewCase();
        var first = await CreateAsync(parent, _id, "a.log", "one\n"u8.ToArray());

        var second = await CreateAsync(parent, _otherId, "a.log", "one\n"u8.ToArray());

        Assert.Equal((first.Name, first.Name), (second.Name, second.DuplicateOf));
        await FailsAsync(
            StatusCode.AlreadyExists, ErrorReason.RequestIdReused, () => CreateAsync(parent, _otherId, "a.log", "two\n"u8.ToArray()));
    }

    [Fact]
    public async Task Of_an_image_stores_it_once()
    {
        var parent = NewCase();
        var first = await host.Client.UploadAsync(parent, "shot.png", s_image);

        var second = await host.Client.UploadAsync(parent, "shot.png", s_image);

        Assert.Equal(first.Name, second.DuplicateOf);
        Assert.NotEqual(first.Name, (await host.Client.UploadAsync(parent, "shot.png", [.. s_image, 4])).Name);
    }

    [Fact]
    public async Task Of_an_archive_with_an_image_stores_both_once()
    {
        var parent = NewCase();
        var archive = Zip(("shot.png", s_image), ("a.log", Bytes("a\n")));
        var first = await CreateAsync(parent, _id, "bundle.zip", archive);

        var again = await CreateAsync(parent, _id, "bundle.zip", archive);

        Assert.Equal(first, again);
        Assert.Equal(3, (await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence.Count);
    }

    [Fact]
    public async Task With_a_malformed_request_id_is_refused() =>
        await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.InvalidField, () => CreateAsync(NewCase(), "no spaces", "a.log", "one\n"u8.ToArray()));

    [Fact]
    public async Task In_other_pieces_gives_the_first_result()
    {
        var parent = NewCase();

        var first = await StreamAsync("one\n", "two\n");
        var again = await StreamAsync("one", "\ntwo", "\n");
        await FailsAsync(StatusCode.AlreadyExists, ErrorReason.RequestIdReused, () => StreamAsync("one\n", "two"));

        Assert.Equal(first, again);

        async Task<Proto.Evidence> StreamAsync(params string[] pieces)
        {
            using var call = host.Client.UploadEvidence(cancellationToken: Cancel);
            await call.RequestStream.WriteAsync(
                new() { Metadata = new() { Parent = parent, FileName = "a.log", RequestId = _id } }, Cancel);
            foreach (var piece in pieces)
            {
                await call.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFromUtf8(piece) }, Cancel);
            }

            await call.RequestStream.CompleteAsync();
            return await call;
        }
    }

    private async Task<Proto.Evidence> CreateAsync(string parent, string requestId, string fileName, byte[] content) =>
        await host.Client.CreateEvidenceAsync(
            new() { Parent = parent, FileName = fileName, Content = ByteString.CopyFrom(content), RequestId = requestId },
            cancellationToken: Cancel);
}
