using System.Diagnostics;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.Standalone.State;
using FaultMaven.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace FaultMaven.Benchmarks;

/// <summary>
/// How many transactions a second the stores of state make durable, and how long each takes: one entry of 300 bytes at the end of a
/// stream and one record, in SQLite and redis-server, where every write is on the disk before it is acknowledged.
/// </summary>
internal static class StateSpeed
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_time = TimeSpan.FromSeconds(5);
    private static readonly byte[] s_entry = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    private static readonly (string Name, int Writers, bool OnePartition)[] s_modes =
        [("1 writer", 1, true), ("64 writers, 64 partitions", 64, false), ("64 writers, 1 partition", 64, true)];

    public static async Task RunAsync()
    {
        Console.WriteLine($"{"store",-14} {"",-28} {"per second",10} {"p50 ms",8} {"p99 ms",8} {"memory MB",10}");
        await MeasureSqliteAsync();
        await MeasureRedisAsync();
        await MeasureStartAsync(partitions: 100_000);
    }

    private static async Task MeasureSqliteAsync()
    {
        var directory = Directory.CreateTempSubdirectory("fm-speed-");
        using (var store = Open(directory))
        {
            await MeasureAsync("SQLite", (partition, i) => WriteAsync(store, partition, i), OwnMemory);
            await MeasureDeletingAsync("SQLite", store);
        }

        directory.Delete(recursive: true);
    }

    private static async Task MeasureRedisAsync()
    {
        await using var server = await RedisServer.StartAsync(CancellationToken.None);
        var options = ConfigurationOptions.Parse(server.ConnectionString);
        // It is asked how much memory it uses.
        options.AllowAdmin = true;
        await using var redis = await ConnectionMultiplexer.ConnectAsync(options);
        var store = new RedisStateStore("speed", redis, TimeProvider.System);
        await MeasureAsync("redis-server", (partition, i) => WriteAsync(store, partition, i), () => MemoryOf(redis.GetServers()[0]));
        await MeasureDeletingAsync("redis-server", store);
    }

    private static async Task MeasureStartAsync(int partitions)
    {
        var directory = Directory.CreateTempSubdirectory("fm-speed-");
        using (var store = Open(directory))
        {
            var next = 0;
            await Task.WhenAll(Enumerable.Range(0, 256).Select(_ => Task.Run(async () =>
            {
                while (Interlocked.Increment(ref next) is var i && i <= partitions)
                {
                    await WriteAsync(store, new Partition(Partition.LocalTenant, $"cases/{i}"), i);
                }
            })));
        }

        var size = new FileInfo(Path.Combine(directory.FullName, "speed.db")).Length;
        var clock = Stopwatch.StartNew();
        using (var store = Open(directory))
        {
            await store.FindAsync(new Partition(Partition.LocalTenant, "cases/77"), "last", CancellationToken.None);
            Console.WriteLine(
                $"SQLite, {partitions:N0} partitions ({size / 1e6:N0} MB): opened and read in {clock.Elapsed.TotalMilliseconds:N1} ms");
            clock.Restart();
            var count = await store.ListPartitionsAsync(Partition.LocalTenant, CancellationToken.None).CountAsync();
            Console.WriteLine($"SQLite, {count:N0} partitions: listed in {clock.Elapsed.TotalMilliseconds:N1} ms");
        }

        directory.Delete(recursive: true);
    }

    private static SqliteStateStore Open(DirectoryInfo directory) =>
        new(Path.Combine(directory.FullName, "speed.db"), TimeProvider.System, NullLogger.Instance);

    private static async Task WriteAsync(StateStore store, Partition partition, int i)
    {
        var transaction = new StateTransaction(partition);
        transaction.Append("s", [s_entry]);
        transaction.Put("last", $"{i}");
        await store.CommitAsync(transaction, CancellationToken.None);
    }

    private static async Task MeasureAsync(string store, Func<Partition, int, Task> write, Func<long> memory)
    {
        foreach (var (name, writers, onePartition) in s_modes)
        {
            var partitions = Enumerable.Range(0, writers)
                .Select(i => new Partition(Partition.LocalTenant, $"{name}/{(onePartition ? 0 : i)}")).ToList();
            await WriteForAsync(partitions, write, s_warmUp);
            var (taken, elapsed) = await WriteForAsync(partitions, write, s_time);
            Report(store, name, taken, elapsed, memory());
        }
    }

    private static async Task MeasureDeletingAsync(string name, StateStore store)
    {
        const int Cases = 640;
        ReadOnlyMemory<byte>[] entries = [.. Enumerable.Repeat((ReadOnlyMemory<byte>)s_entry, 100)];
        var partitions = Enumerable.Range(0, Cases).Select(i => new Partition(Partition.LocalTenant, $"deleted/{i}")).ToList();
        await Task.WhenAll(partitions.Select(partition =>
        {
            var transaction = new StateTransaction(partition);
            transaction.Append("s", entries);
            return store.CommitAsync(transaction, CancellationToken.None);
        }));

        var clock = Stopwatch.StartNew();
        var taken = await Task.WhenAll(partitions.Chunk(Cases / 64).Select(async some =>
        {
            var times = new List<TimeSpan>();
            foreach (var partition in some)
            {
                var before = clock.Elapsed;
                var transaction = new StateTransaction(partition);
                transaction.DeletePartition();
                await store.CommitAsync(transaction, CancellationToken.None);
                times.Add(clock.Elapsed - before);
            }

            return times;
        }));
        Report(name, "64 delete 100 entries each", [.. taken.SelectMany(t => t)], clock.Elapsed, 0);
    }

    private static async Task<(List<TimeSpan> Taken, TimeSpan Elapsed)> WriteForAsync(
        List<Partition> partitions, Func<Partition, int, Task> write, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var taken = await Task.WhenAll(partitions.Select(partition => Task.Run(async () =>
        {
            var times = new List<TimeSpan>();
            for (var i = 0; clock.Elapsed < time; i++)
            {
                var before = clock.Elapsed;
                await write(partition, i);
                times.Add(clock.Elapsed - before);
            }

            return times;
        })));
        return ([.. taken.SelectMany(t => t)], clock.Elapsed);
    }

    private static void Report(string store, string mode, List<TimeSpan> taken, TimeSpan elapsed, long memory)
    {
        taken.Sort();
        Console.WriteLine(
            $"{store,-14} {mode,-28} {taken.Count / elapsed.TotalSeconds,10:N0} {taken[taken.Count / 2].TotalMilliseconds,8:N2} "
            + $"{taken[(int)(taken.Count * 0.99)].TotalMilliseconds,8:N2} {(memory == 0 ? "" : $"{memory / 1e6:N0}"),10}");
    }

    private static long MemoryOf(IServer server) =>
        long.Parse(server.Info("memory").Single().Single(fact => fact.Key == "used_memory").Value);

    // Of this process: the store, the client and the benchmark.
    private static long OwnMemory() => Environment.WorkingSet;
}
