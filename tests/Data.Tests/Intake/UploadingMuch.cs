using System.Diagnostics;
using System.Globalization;
using System.Text;
using FaultMaven.Data.Tests.Hosting;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

public sealed class UploadingMuch
{
    private const int ChunkCount = 256;
    private const int LinesPerChunk = 4_096;

    [Fact]
    public async Task Does_not_fill_the_memory()
    {
        await using var host = await DataHost.StartAsync();
        var chunk = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, LinesPerChunk).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"12:00:{i % 60:00} worker {i % 7} did what it always does, {i:000000}\n"))));
        await host.Client.UploadAsync(NewCase(), "warm.log", [chunk]);
        using var process = Process.GetCurrentProcess();
        var before = process.WorkingSet64;

        // 64 MB; a service that held them once as text would grow by twice that.
        var evidence = await host.Client.UploadAsync(NewCase(), "large.log", Enumerable.Repeat(chunk, ChunkCount));

        process.Refresh();
        Assert.Equal((long)ChunkCount * LinesPerChunk, evidence.LineCount);
        Assert.InRange(evidence.SizeBytes, 50 << 20, 100 << 20);
        Assert.InRange(process.PeakWorkingSet64 - before, 0, 100 << 20);
    }
}
