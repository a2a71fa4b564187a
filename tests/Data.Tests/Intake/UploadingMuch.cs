using System.Globalization;
using System.Text;
using FaultMaven.Data.Tests.Hosting;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

[Collection(nameof(Alone))]
public sealed class UploadingMuch
{
    private const int ChunkCount = 256;
    private const int LinesPerChunk = 4_096;

    [Fact]
    public async Task Holds_little_of_it_in_memory()
    {
        await using var host = await DataHost.StartAsync();
        var parent = NewCase();
        var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, LinesPerChunk).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"12:00:{i % 60:00} worker {i % 7} did what it always does, {i:000000}\n"))));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var late = 0L;
        host.Redaction.Script(parent, received =>
        {
            late = late == 0 && received > 40L << 20 ? GC.GetTotalMemory(forceFullCollection: true) : late;

            return Task.CompletedTask;
        });

        var evidence = await host.Client.UploadAsync(parent, "large.log", Enumerable.Repeat(chunk, ChunkCount));

        Assert.Equal((long)ChunkCount * LinesPerChunk, evidence.LineCount);
        Assert.InRange(evidence.SizeBytes, 48 << 20, 100 << 20);

        // By then it had 40 million characters.
        Assert.InRange(late, 1, before + (24 << 20));
    }
}
