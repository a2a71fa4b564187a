using FaultMaven.Redaction.Store;
using FaultMaven.Redaction.Tests.Vault;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Tests;

/// <summary>What holds in every store, and for every two replicas on it.</summary>
public abstract class NumberingInAStore : Numbering
{
    [Fact]
    public Task Agrees_with_others_who_number_the_same_values_at_once() => WithStoresAsync(async (first, second) =>
    {
        IPseudonyms[] replicas = [In(first), In(second)];
        var values = Enumerable.Range(0, 600).Select(i => i % 3 == 0 ? new SensitiveValue("SECRET", $"made-up-{i}") : Email($"user{i}"))
            .ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            var numbers = new Dictionary<SensitiveValue, long>();
            foreach (var some in values.Index().OrderBy(v => ((v.Index * 31) + (caller * 171)) % 600).Select(v => v.Item)
                .Chunk(20 + (caller * 7)))
            {
                foreach (var (value, number) in some.Zip(await replicas[caller % 2].NumberAsync(ScopeOf("a"), some, Cancel)))
                {
                    numbers.Add(value, number.Number);
                }
            }

            return numbers;
        }));

        Assert.All(answers, numbers => Assert.Equal(answers[0], numbers));
        Assert.Equal(Enumerable.Range(1, 400).Select(i => (long)i), answers[0].Where(pair => pair.Key.Type != "SECRET")
            .Select(pair => pair.Value).Order());
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), answers[0].Where(pair => pair.Key.Type == "SECRET")
            .Select(pair => pair.Value).Order());
        foreach (var replica in replicas)
        {
            Assert.Equal(
                values.Select(value => value.Identity),
                await replica.FindAsync(ScopeOf("a"), [.. values.Select(value => new Pseudonym(value.Type, answers[0][value]))], Cancel));
        }
    });

    [Fact]
    public Task Forgets_what_another_forgot() => WithStoresAsync(async (first, second) =>
    {
        var (ours, theirs) = (In(first), In(second));
        await ours.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);
        await theirs.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);

        Assert.Equal(2, await theirs.ForgetAsync(ScopeOf("a"), Cancel));

        Assert.Equal([new(3, true)], await ours.NumberAsync(ScopeOf("a"), [Email("bob")], Cancel));
        Assert.Equal([null, null, "bob@example.com"],
            await theirs.FindAsync(ScopeOf("a"), [.. Enumerable.Range(1, 3).Select(i => new Pseudonym("EMAIL_ADDRESS", i))], Cancel));
        Assert.Equal([new(3, false), new(4, true)], await theirs.NumberAsync(ScopeOf("a"), [Email("bob"), Email("ada")], Cancel));
    });

    [Fact]
    public Task Leaves_nothing_but_counters_of_what_is_forgotten() => WithStoreAsync(async store =>
    {
        var stored = new StoredScope(store, ScopeOf("a").Name);
        for (var i = 0; i < 2; i++)
        {
            await In(store).NumberAsync(ScopeOf("a"), [.. Enumerable.Range(0, 1500).Select(n => Email($"user{n}"))], Cancel);
            Assert.NotEmpty(await stored.DigestsAsync());
            Assert.NotEmpty(await stored.ValuesAsync());

            await In(store).ForgetAsync(ScopeOf("a"), Cancel);

            Assert.Empty(await stored.DigestsAsync());
            Assert.Empty(await stored.ValuesAsync());
        }

        Assert.Equal([3000], await In(store).LastNumbersAsync(ScopeOf("a"), ["EMAIL_ADDRESS"], Cancel));
    });

    [Fact]
    public Task Stays_small_over_thousands_of_small_calls() => WithStoreAsync(async store =>
    {
        var stored = new StoredScope(store, ScopeOf("a").Name);
        var pseudonyms = In(store);
        for (var i = 1; i <= 2000; i++)
        {
            Assert.Equal([new(i, true)], await pseudonyms.NumberAsync(ScopeOf("a"), [Email($"{i}")], Cancel));
        }

        var (digests, values) = (await stored.DigestsAsync(), await stored.ValuesAsync());
        Assert.Equal(2000 * 24, digests.Sum(entry => entry.Length));
        Assert.InRange(values.Count, 2000 / 256, (2000 / 256) + 256);
        Assert.InRange(values.Sum(record => record.Value.Length), 0, 2000 * 60);
        Assert.InRange((await stored.HeadAsync()).Value.Length, 1, 200);
        Assert.Equal(Enumerable.Range(1, 2000).Select(i => new NumberedValue(i, false)), await In(store)
            .NumberAsync(ScopeOf("a"), [.. Enumerable.Range(1, 2000).Select(i => Email($"{i}"))], Cancel));
        Assert.Equal(["1@example.com", "2000@example.com"], await In(store)
            .FindAsync(ScopeOf("a"), [new("EMAIL_ADDRESS", 1), new("EMAIL_ADDRESS", 2000)], Cancel));
    });

    [Fact]
    public Task Reads_again_what_it_had_no_room_for() => WithStoreAsync(async store =>
    {
        var indexes = new ScopeIndexes(Options.Create(new RedactionOptions { IndexMegabytes = 0 }));
        var pseudonyms = In(store, indexes: indexes);
        var values = Enumerable.Range(0, 1500).Select(i => Email($"user{i}")).ToArray();
        foreach (var scope in (string[])["a", "b", "a", "b"])
        {
            var numbers = await pseudonyms.NumberAsync(ScopeOf(scope), values, Cancel);

            Assert.Equal(Enumerable.Range(1, 1500).Select(i => (long)i), NumbersOf(numbers));
            Assert.Equal(1, indexes.Count);
        }
    });

    [Fact]
    public Task Keeps_long_values() => WithStoreAsync(async store =>
    {
        var values = Enumerable.Range(0, 300).Select(i => new SensitiveValue("PRIVATE_KEY", $"{i} {new string('字', 16_000)}")).ToArray();

        await In(store).NumberAsync(ScopeOf("a"), values, Cancel);

        Assert.Equal(values.Select(value => value.Identity), await In(store)
            .FindAsync(ScopeOf("a"), [.. Enumerable.Range(1, 300).Select(i => new Pseudonym("PRIVATE_KEY", i))], Cancel));
    });

    [Fact]
    public Task Refuses_a_scope_of_which_the_store_has_lost_something() => WithStoreAsync(async store =>
    {
        await In(store).NumberAsync(ScopeOf("a"), [Email("ada")], Cancel);
        await new StoredScope(store, ScopeOf("a").Name).ChangeAsync(transaction => transaction.DeleteStream("digests"));

        await Assert.ThrowsAsync<InvalidDataException>(() => In(store).NumberAsync(ScopeOf("a"), [Email("bob")], Cancel));
    });

    [Fact]
    public Task Starts_over_in_a_store_that_was_emptied() => WithStoreAsync(async store =>
    {
        var stored = new StoredScope(store, ScopeOf("a").Name);
        var pseudonyms = In(store);
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);
        await stored.ChangeAsync(transaction => transaction.DeletePartition());
        await In(store).NumberAsync(ScopeOf("a"), [Email("eve")], Cancel);
        await In(store).NumberAsync(ScopeOf("a"), [Email("sam")], Cancel);

        Assert.Equal([new(3, true), new(2, false)], await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("sam")], Cancel));
    });

    [Fact]
    public Task Leaves_no_value_behind_that_has_expired_by_our_clock_alone() => WithStoreAsync(async store =>
    {
        var clock = new MovableClock();
        var pseudonyms = In(store, time: clock);
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), new("SECRET", "made-up")], Cancel);

        clock.Advance(TimeSpan.FromDays(31));
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("bob"), Email("eve"), Email("eve")], Cancel);

        Assert.Single(await new StoredScope(store, ScopeOf("a").Name).ValuesAsync());
        Assert.Equal([null, "bob@example.com", "eve@example.com"],
            await pseudonyms.FindAsync(ScopeOf("a"), [.. Enumerable.Range(1, 3).Select(i => new Pseudonym("EMAIL_ADDRESS", i))], Cancel));
        Assert.Equal(2, await pseudonyms.ForgetAsync(ScopeOf("a"), Cancel));
    });

    [Fact]
    public Task Looks_again_for_what_the_store_lost_after_someone_saw_it() => WithStoreAsync(async store =>
    {
        var clock = new MovableClock();
        var pseudonyms = In(store, time: clock);
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada")], Cancel);
        clock.Advance(TimeSpan.FromDays(31));
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada")], Cancel);
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada")], Cancel);
        await new StoredScope(store, ScopeOf("a").Name).ChangeAsync(transaction => transaction.DeleteAll("values/"));

        clock.Advance(TimeSpan.FromDays(15));
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada")], Cancel);

        Assert.Equal(["ada@example.com"], await pseudonyms.FindAsync(ScopeOf("a"), [new("EMAIL_ADDRESS", 1)], Cancel));
    });

    private protected static StoredPseudonyms In(StateStore store, ScopeIndexes? indexes = null, TimeProvider? time = null)
    {
        var key = Redacted.KeyIn(null);
        var redaction = Options.Create(new RedactionOptions());
        return new(
            store,
            key,
            new KeyRing(redaction, key),
            indexes ?? new ScopeIndexes(redaction),
            MadeOptions.ForAll(new VaultOptions()),
            time ?? TimeProvider.System,
            NullLogger<StoredPseudonyms>.Instance);
    }

    private protected override Task OnEmpty(Func<IPseudonyms, Task> test) => WithStoreAsync(store => test(In(store)));

    private protected Task WithStoreAsync(Func<StateStore, Task> test) => WithStoresAsync((store, _) => test(store));

    /// <summary>Runs a test on a store that holds none of its scopes, as two replicas have it.</summary>
    private protected abstract Task WithStoresAsync(Func<StateStore, StateStore, Task> test);
}

public sealed class NumberingInRedis : NumberingInAStore
{
    [Fact]
    public async Task Keeps_no_readable_value_in_the_store()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        using var redis = new StateInRedis(server);

        await In(redis.Open("redaction")).NumberAsync(ScopeOf("a"), [Email("canary-made-up")], Cancel);

        var stored = await File.ReadAllTextAsync(
            Directory.GetFiles(server.Directory, "*.incr.aof", SearchOption.AllDirectories).Single(), Cancel);
        Assert.Contains("EMAIL_ADDRESS", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-made-up", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("canary-made-up"u8), stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_over_in_a_server_that_lost_everything_and_counts_as_before()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"{server.ConnectionString},allowAdmin=true");
        using var redis = new StateInRedis(server);
        var pseudonyms = In(redis.Open("redaction"));
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);
        await connection.GetDatabase().ExecuteAsync("FLUSHALL");
        await In(redis.Open("redaction")).NumberAsync(ScopeOf("a"), [Email("eve"), Email("sam")], Cancel);

        Assert.Equal([new(3, true), new(2, false)], await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("sam")], Cancel));
    }

    [Fact]
    public async Task Makes_one_key_that_only_its_owner_reads()
    {
        var directory = Directory.CreateTempSubdirectory("fm-key-").FullName;

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Redacted.KeyIn(directory).Fingerprint)));

        Assert.All(keys, key => Assert.Equal(keys[0], key));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(directory, "data", "redaction"), "*.key"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Directory.Delete(directory, recursive: true);
    }

    private protected override async Task WithStoresAsync(Func<StateStore, StateStore, Task> test)
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        using var first = new StateInRedis(server);
        using var second = new StateInRedis(server);
        await test(first.Open("redaction"), second.Open("redaction"));
    }
}

/// <summary>The store that is part of the process where everything runs in one; what is a replica elsewhere shares it.</summary>
public sealed class NumberingInTheEmbeddedStore : NumberingInAStore
{
    [Fact]
    public async Task Keeps_no_readable_value_in_the_store()
    {
        using var state = new EmbeddedState(TimeProvider.System);
        await In(state.Open("redaction")).NumberAsync(ScopeOf("a"), [Email("canary-made-up")], Cancel);
        state.Close();

        var stored = await File.ReadAllTextAsync(Assert.Single(Directory.GetFiles(state.Directory, "*.db")), Cancel);

        Assert.Contains("EMAIL_ADDRESS", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-made-up", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("canary-made-up"u8), stored, StringComparison.Ordinal);
    }

    private protected override async Task WithStoresAsync(Func<StateStore, StateStore, Task> test)
    {
        using var state = new EmbeddedState(TimeProvider.System);
        await test(state.Open("redaction"), state.Open("redaction"));
    }
}
