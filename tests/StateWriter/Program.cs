using System.Globalization;
using System.Text;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Standalone.State;
using Microsoft.Extensions.Logging.Abstractions;

// Writes to the store in a folder, in as many partitions at once as asked for, and says "partition count" once a transaction is committed.
// It goes on until it is killed.
var (directory, writers) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture));
using var provider = new SqliteStateStoreProvider(directory, TimeProvider.System, NullLogger<SqliteStateStoreProvider>.Instance);
var store = provider.Open("test");
var output = TextWriter.Synchronized(Console.Out);
await Task.WhenAll(Enumerable.Range(0, writers)
    .Select(writer => Task.Run(() => WriteAsync(new Partition(Partition.LocalTenant, $"{writer}")))));

async Task WriteAsync(Partition partition)
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
