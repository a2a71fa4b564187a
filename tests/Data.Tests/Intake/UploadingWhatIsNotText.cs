using System.Security.Cryptography;
using System.IO.Compression;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

public sealed class UploadingWhatIsNotText(DataHost host)
{
    [Fact]
    public async Task Keeps_a_reference_to_an_image_and_nothing_of_it()
    {
        var parent = NewCase();
        byte[] image = [0x89, .. "PNG\r\n\u001a\n"u8, .. Enumerable.Range(0, 3_000_000).Select(i => (byte)i)];

        var evidence = await host.Client.UploadAsync(parent, "dashboard.png", image);

        Assert.Equal(
            (EvidenceType.Image, image.Length, 0L, Convert.ToHexStringLower(SHA256.HashData(image))),
            (evidence.Type, evidence.SizeBytes, evidence.LineCount, evidence.ContentSha256));
        Assert.Contains(evidence.Reasons, reason => reason.Contains("reference", StringComparison.Ordinal));
        Assert.Empty(await host.Client.ReadAllLinesAsync(evidence.Name));
        Assert.False(Directory.Exists(Path.Combine(host.DataDirectory, "blobs", "local", parent["cases/".Length..])));
        Assert.Equal(evidence, await host.Client.GetEvidenceAsync(new() { Name = evidence.Name }, cancellationToken: Cancel));
    }

    [Theory]
    [InlineData("7f454c460201010000000000")]
    [InlineData("255044462d312e370a")]
    [InlineData("0001020304050607")]
    public async Task Keeps_a_reference_to_what_is_binary(string head)
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "core", Convert.FromHexString(head));

        Assert.Equal(EvidenceType.Unanalyzable, evidence.Type);
        Assert.Contains(evidence.Reasons, reason => reason.Contains("binary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reads_a_log_with_a_few_control_characters_as_text()
    {
        var text =
            "\u001b[31merror\u001b[0m happened\n"
                + "\0\0 and went on, as logs do that a crash cut off in the middle of a line they were writing\n";

        var evidence = await host.Client.UploadAsync(NewCase(), "app.log", string.Concat(Enumerable.Repeat(text, 10)));

        Assert.Equal(20, evidence.LineCount);
    }

    [Theory]
    [InlineData("")]
    [InlineData("efbbbf")]
    [InlineData("fffe")]
    public async Task Refuses_what_holds_no_character(string content)
    {
        await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.EmptyContent,
            () => host.Client.UploadAsync(NewCase(), "empty.log", Convert.FromHexString(content)));
    }

    [Fact]
    public async Task Keeps_white_space_as_it_is()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "blank.log", " \n\t\n\n");

        Assert.Equal((EvidenceType.Unanalyzable, 3L), (evidence.Type, evidence.LineCount));
        Assert.Equal([" ", "\t", ""], await host.Client.ReadAllLinesAsync(evidence.Name));
    }

    [Fact]
    public async Task Refuses_gzip_of_nothing_at_all()
    {
        await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.EmptyContent, () => host.Client.UploadAsync(NewCase(), "empty.gz", Gzip(0)));
    }

    [Fact]
    public async Task Keeps_a_reference_to_gzip_that_is_damaged_from_its_start()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "broken.gz", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff, 0xff, 0xff]);

        Assert.Equal(EvidenceType.Unanalyzable, evidence.Type);
        Assert.Contains(evidence.Reasons, reason => reason.Contains("damaged", StringComparison.Ordinal));
    }

    private static byte[] Gzip(int length)
    {
        using var bytes = new MemoryStream();

        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal))
        {
            gzip.Write(Enumerable.Repeat((byte)'a', length).ToArray());
        }

        return bytes.ToArray();
    }
}
