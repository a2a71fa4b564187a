using System.Globalization;
using System.Text;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone.State;
using FaultMaven.StateWriter;
using Microsoft.Extensions.Logging.Abstractions;

// Writes to stores in a folder until it is killed, and says what was committed.
var directory = args[0];
using var provider = new SqliteStateStoreProvider(directory, TimeProvider.System, NullLogger<SqliteStateStoreProvider>.Instance);
var output = TextWriter.Synchronized(Console.Out);
await (args[1..] switch
{
    // Counts in as many partitions at once, and says "partition count".
    [var writers] => Task.WhenAll(Enumerable.Range(0, Number(writers))
        .Select(writer => Task.Run(() => CountAsync(provider.Open("test"), new Partition(Partition.LocalTenant, $"{writer}"))))),

    // Runs as many random schedules at once, each in a store of its own, and says "schedule id version .", or "-" for the version.
    [var schedules, var round, var seed] => Task.WhenAll(Enumerable.Range(0, Number(schedules))
        .Select(schedule => Task.Run(() => RunAsync(schedule, round, Number(seed))))),

    _ => throw new ArgumentException("Say the folder and the writers, or the folder, the schedules, the round and the seed."),
});

async Task RunAsync(int schedule, string round, int seed)
{
    output.WriteLine($"{schedule} opens");
    var store = provider.Open($"schedule-{schedule}");
    await Schedule.RunAsync(
        store,
        round,
        seed + schedule,
        (id, version) => output.WriteLine($"{schedule} {id} {version?.ToString(CultureInfo.InvariantCulture) ?? "-"} ."),
        CancellationToken.None);
}

async Task CountAsync(StateStore store, Partition partition)
{
    var count = await store.GetLengthAsync(partition, "s", CancellationToken.None) / 3;
    while (true)
    {
        var transaction = new StateTransaction(partition);
        transaction.IfLength("s", 3 * count);
        count++;
        ReadOnlyMemory<byte> entry = Encoding.UTF8.GetBytes($"{count} {new string('x', 500)}");
        transaction.Append("s", [entry, entry, entry]);
        transaction.Put("count", $"{count}");
        transaction.Delete($"odd/{count - 1}");
        transaction.Put($"odd/{count}", "", TimeSpan.FromDays(1));
        transaction.Shard.Put($"count/{partition.Name}", $"{count}");
        if (await store.CommitAsync(transaction, CancellationToken.None) is null)
        {
            throw new InvalidOperationException($"Someone else wrote to {partition}.");
        }

        output.WriteLine($"{partition.Name} {count}");
    }
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
