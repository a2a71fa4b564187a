using System.Diagnostics;
using System.Globalization;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.State.Tests.Sqlite;

public sealed class KillingAWriter : IDisposable
{
    private const int Writers = 8;

    private readonly SqliteFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loses_no_transaction_that_was_acknowledged_and_leaves_none_half_made()
    {
        var acknowledged = new long[Writers];
        var random = new Random(10);
        for (var round = 0; round < 12; round++)
        {
            await WriteAndKillAsync(acknowledged, random.Next(1, 400));

            using var store = _folder.Open();
            var shard = store.Shards[0];
            for (var writer = 0; writer < Writers; writer++)
            {
                var partition = new Partition(Partition.LocalTenant, $"{writer}");
                var entries = StoreUnderTest.Texts(await store.ReadAsync(partition, "s", 0, int.MaxValue, Cancel));
                var count = entries.Length / 3;
                Assert.True(count >= acknowledged[writer], $"{count} of {acknowledged[writer]}");
                Assert.Equal(Enumerable.Range(3, 3 * count).Select(i => $"{i / 3}"), entries.Select(entry => entry.Split(' ')[0]));

                var expected = count == 0 ? null : $"{count}";
                Assert.Equal(expected, (await store.FindAsync(partition, "count", Cancel))?.Text);
                Assert.Equal(expected, (await store.FindAsync(shard, $"count/{writer}", Cancel))?.Text);
                Assert.Equal(
                    count == 0 ? [] : [$"odd/{count}"],
                    (await store.ListAsync(partition, new RecordRange("odd/"), 10, Cancel)).Select(r => r.Key));
            }
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task WriteAndKillAsync(long[] acknowledged, int after)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "FaultMaven.StateWriter.dll"), _folder.Directory, $"{Writers}" },
        })!;
        var last = "";
        while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            if (after-- == 0)
            {
                process.Kill();
            }

            // Not the last line, which may be cut.
            if (last.Split(' ') is [var writer, var count])
            {
                acknowledged[int.Parse(writer, CultureInfo.InvariantCulture)] = long.Parse(count, CultureInfo.InvariantCulture);
            }

            last = line;
        }

        await process.WaitForExitAsync(Cancel);
        Assert.True(after < 0, "It ended by itself.");
    }
}
