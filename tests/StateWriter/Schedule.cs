using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.StateWriter;

/// <summary>Random transactions of several writers on the same few partitions.</summary>
public static class Schedule
{
    /// <summary>The queue of a partition.</summary>
    public const string Queue = "queue|";

    private const int Writers = 4;

    // Prefixes of each other, so that operations meet.
    private static readonly string[] s_keys = ["a", "a/1", "a/12", "a/2", "b", "b/1", "é"];
    private static readonly string[] s_counters = ["n", "n/1"];
    private static readonly string[] s_prefixes = ["a", "a/1", "b/", "queue"];

    /// <summary>The partitions: two of a tenant, and one of the same name of another.</summary>
    public static IReadOnlyList<Partition> Partitions { get; } = [new("one", "a"), new("one", "b"), new("two", "a")];

    /// <summary>The streams of a partition.</summary>
    public static IReadOnlyList<string> Streams { get; } = ["s", "s/1"];

    /// <summary>Writes until the store fails.</summary>
    /// <param name="store">The store, which may have what an earlier round left.</param>
    /// <param name="round">Sets the transactions apart from those of other rounds.</param>
    /// <param name="seed">Of what is random.</param>
    /// <param name="answered">Is given the id of each transaction and its version, or null if it was refused.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task RunAsync(
        StateStore store, string round, int seed, Action<string, long?> answered, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
            async () =>
            {
                var random = new Random((seed * Writers) + writer);
                for (var count = 0; ; count++)
                {
                    var planned = await PlanAsync(store, $"{round}.{writer}.{count}", random, cancellationToken);
                    answered(planned.Id, await store.CommitAsync(planned.Build(), cancellationToken));
                }
            },
            cancellationToken)));

    private static async Task<PlannedTransaction> PlanAsync(
        StateStore store, string id, Random random, CancellationToken cancellationToken)
    {
        var partition = Partitions[random.Next(Partitions.Count)];
        PlannedOperation[] conditions = random.Next(5) < 2 ? [await ConditionAsync(store, partition, random, cancellationToken)] : [];
        var shard = Enumerable.Range(0, random.Next(3) == 0 ? random.Next(1, 3) : 0).Select(i => Shared(Value(i + 10)));
        return new PlannedTransaction(
            id, partition, conditions, [.. Enumerable.Range(0, random.Next(1, 6)).Select(i => Change(Value(i)))], [.. shard]);

        // Mostly short, and some that take several pages.
        string Value(int index) => $"{id}:{index}:{new string('x', random.Next(8) == 0 ? random.Next(20_000) : random.Next(60))}";

        PlannedOperation Change(string value) => random.Next(31) switch
        {
            0 => new("delete partition", ""),
            < 9 => new("put", Any(s_keys), value),
            < 12 => new("put for a while", Any(s_keys), value),
            < 18 => new("append", Any(Streams), value, random.Next(4)),
            < 22 => new("add", Any(s_counters), Number: random.Next(-3, 4)),
            < 25 => new("enqueue", Queue, value),
            < 27 => new("delete", Any([.. s_keys, .. s_counters])),
            < 28 => new("delete all", Any(s_prefixes)),
            < 30 => new("keep", Any(s_prefixes)),
            _ => new("delete stream", Any(Streams)),
        };

        // Apart for each partition, as in an outbox of which more than one partition is a part.
        PlannedOperation Shared(string value) => random.Next(6) switch
        {
            0 => new("add", "n", Number: random.Next(-3, 4)),
            1 => new("delete", $"{partition.Tenant}/{partition.Name}"),
            2 => new("enqueue", Queue, value),
            3 => new("append", Any(Streams), value, random.Next(3)),
            _ => new("put", Any([$"{partition.Tenant}/{partition.Name}", "all"]), value),
        };

        T Any<T>(IReadOnlyList<T> choice) => choice[random.Next(choice.Count)];
    }

    // On what was read a moment ago, as callers do; another writer may have changed it since.
    private static async Task<PlannedOperation> ConditionAsync(
        StateStore store, Partition partition, Random random, CancellationToken cancellationToken)
    {
        if (random.Next(3) == 0)
        {
            var stream = Streams[random.Next(Streams.Count)];
            return new("length", stream, Number: await store.GetLengthAsync(partition, stream, cancellationToken));
        }

        var key = s_keys[random.Next(s_keys.Length)];
        var record = await store.FindAsync(partition, key, cancellationToken);
        return (record, random.Next(8)) switch
        {
            (_, 0) => new("present", key),
            (null, _) => new("absent", key),
            ({ } read, < 4) => new("equal", key, read.Text),
            ({ } read, _) => new("unchanged", key, read.Text, read.Version),
        };
    }
}
