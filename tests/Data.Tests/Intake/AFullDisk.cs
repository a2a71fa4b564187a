using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.Data.Tests.Intake;

public sealed class AFullDisk
{
    private const string Full = "/dev/full";

    [Fact]
    public async Task Is_distinguished_from_other_failures_of_the_disk()
    {
        Assert.SkipUnless(File.Exists(Full), $"{Full} is Linux's.");
        await using var file = new FileStream(Full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

        var full = await Assert.ThrowsAnyAsync<IOException>(() =>
            file.WriteAsync("text"u8.ToArray(), TestContext.Current.CancellationToken).AsTask());

        Assert.True(DiskSpace.IsExhausted(full));
        Assert.False(DiskSpace.IsExhausted(Assert.ThrowsAny<IOException>(() => File.ReadAllText("/no/such/folder/file"))));
    }
}
