using System.Globalization;
using FaultMaven.Data.Analysis.Logs.Resources;

namespace FaultMaven.Data.Tests.Logs;

/// <summary>What messages say of resources, and what only looks as if they did.</summary>
public class ReadingResources
{
    [Theory]
    [InlineData("heap used 412MB", "heap used memory 432013312 bytes")]
    [InlineData("heap used 412 MB of 512 MB", "heap used memory 432013312/536870912 bytes")]
    [InlineData("rss=1.5GiB threads=88", "rss memory 1610612736 bytes; threads threads 88")]
    [InlineData("queue depth=120 workers=4", "queue depth queue 120")]
    [InlineData("the backlog of the mailer is now 33", "backlog of the mailer queue 33")]
    [InlineData("alive, 45 sessions", "sessions connections 45")]
    [InlineData("connections 95/100", "connections connections 95/100")]
    [InlineData("pool: 31 of 40 connections in use", "pool connections 31/40")]
    [InlineData("disk 91%, cpu 12 %", "disk storage 91/100 %; cpu cpu 12/100 %")]
    [InlineData("91% of heap in use", "heap in use memory 91/100 %")]
    [InlineData("disk free 9%", "disk free storage 91/100 %")]
    [InlineData("GC(12) Pause Young (Normal) 409M->300M(512M) 5.2ms", "heap after collection memory 314572800/536870912 bytes")]
    [InlineData("[PSYoungGen: 1024K->512K(2048K)] 0.01 secs", "heap after collection memory 524288/2097152 bytes")]
    public void Finds_levels(string message, string expected) => Assert.Equal(expected, Read(message));

    [Theory]
    [InlineData("connection 5123 opened")]
    [InlineData("connections total 5123, handled 991 sessions")]
    [InlineData("max connections 100, heap limit 512MB, pool size max 20")]
    [InlineData("job 95/100 done, 95% complete")]
    [InlineData("free memory 512MB")]
    [InlineData("disk /dev/sda1 mounted on 3/12/2026")]
    [InlineData("thread-12 waits in queue-7 for pod web-3")]
    [InlineData("served queue page in 12ms")]
    [InlineData("memory")]
    public void Leaves_ids_totals_limits_and_progress_alone(string message) => Assert.Equal("", Read(message));

    private static string Read(string message)
    {
        var readings = new List<ResourceReading>();
        ResourceText.Find(message, readings);

        return string.Join("; ", readings.Select(reading => string.Create(CultureInfo.InvariantCulture,
            $"{reading.Metric} {reading.Resource} {reading.Value}{(reading.Limit > 0 ? $"/{reading.Limit}" : "")} "
                + $"{reading.Unit}").TrimEnd()));
    }
}
