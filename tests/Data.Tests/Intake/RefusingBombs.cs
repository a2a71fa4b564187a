using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using Google.Rpc;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;
using static FaultMaven.Data.Tests.Intake.Packed;

namespace FaultMaven.Data.Tests.Intake;

public sealed class RefusingBombs(DataHost host)
{
    private static readonly byte[] s_zeros = [.. Enumerable.Repeat((byte)'0', 24 << 20)];

    public static TheoryData<string, byte[]> Bombs => new()
    {
        { "bomb.gz", Gzip(s_zeros) },
        { "bomb.zst", Zstandard(s_zeros) },
        { "bomb.zip", Zip(("a.log", Bytes("first")), ("b.log", s_zeros)) },
        { "bomb.tgz", Gzip(Tar(("a.log", Bytes("first")), ("b.log", s_zeros))) },
        { "many.zip", Zip([.. Enumerable.Range(0, 10).Select(i => ($"{i}.log", s_zeros[..(4 << 20)]))]) },
        { "nested.zip", Zip(("inner.zip", Zip(("b.log.gz", Gzip(s_zeros))))) },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task That_inflate_beyond_measure(string fileName, byte[] bomb)
    {
        var parent = NewCase();

        var exception = await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.ArchiveRefused, () => host.Client.UploadAsync(parent, fileName, bomb));

        var info = exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal(
            ("ratio", "200", "Data:Archives:MaxRatio"), (info.Metadata["limit"], info.Metadata["maximum"], info.Metadata["setting"]));
        await AssertNothingIsLeftAsync(host, parent);
    }

    [Theory]
    [InlineData("entries", "3", "Data:Archives:MaxEntries")]
    [InlineData("depth", "2", "Data:Archives:MaxDepth")]
    [InlineData("bytes", "100", "Data:Archives:MaxBytes")]
    public async Task That_go_beyond_another_limit_by_its_name(string limit, string maximum, string setting)
    {
        await using var strict = await DataHost.StartAsync((setting, maximum));
        var parent = NewCase();
        var inner = Gzip(Bytes(new string('x', 60)));
        var archive = Tar(
            ("a.log", Bytes("one")), ("b.log", Bytes("two")), ("c.gz", limit == "depth" ? Gzip(inner) : inner),
            ("d.log", Bytes(new string('y', 60))));

        var exception = await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.ArchiveRefused, () => strict.Client.UploadAsync(parent, "a.tar", archive));

        var info = exception.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((limit, maximum, setting), (info.Metadata["limit"], info.Metadata["maximum"], info.Metadata["setting"]));
        Assert.Contains(setting, exception.Status.Detail, StringComparison.Ordinal);
        await AssertNothingIsLeftAsync(strict, parent);
    }

    private static async Task AssertNothingIsLeftAsync(DataHost host, string parent)
    {
        Assert.Empty((await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence);
        var blobs = Path.Combine(host.DataDirectory, "blobs", "local", parent["cases/".Length..]);
        Assert.Empty(Directory.Exists(blobs) ? Directory.EnumerateFiles(blobs) : []);
    }
}
