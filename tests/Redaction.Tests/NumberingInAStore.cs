using FaultMaven.Redaction.Store;
using FaultMaven.Redaction.Tests.Vault;
using FaultMaven.Tests.Shared;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Tests;

/// <summary>What holds for every store that several processes share.</summary>
public abstract class NumberingInAStore : Numbering
{
    [Fact]
    public Task Agrees_with_others_who_number_the_same_values_at_once() => WithStoreAsync(async connectionString =>
    {
        await using var first = await ConnectionMultiplexer.ConnectAsync(connectionString);
        await using var second = await ConnectionMultiplexer.ConnectAsync(connectionString);
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
    public Task Forgets_what_another_forgot() => WithStoreAsync(async connectionString =>
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var (ours, theirs) = (In(redis), In(redis));
        await ours.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);
        await theirs.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);

        Assert.Equal(2, await theirs.ForgetAsync(ScopeOf("a"), Cancel));

        Assert.Equal([new(3, true)], await ours.NumberAsync(ScopeOf("a"), [Email("bob")], Cancel));
        Assert.Equal([null, null, "bob@example.com"],
            await theirs.FindAsync(ScopeOf("a"), [.. Enumerable.Range(1, 3).Select(i => new Pseudonym("EMAIL_ADDRESS", i))], Cancel));
        Assert.Equal([new(3, false), new(4, true)], await theirs.NumberAsync(ScopeOf("a"), [Email("bob"), Email("ada")], Cancel));
    });

    [Fact]
    public Task Leaves_nothing_but_counters_of_what_is_forgotten() => WithStoreAsync(async connectionString =>
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var stored = new StoredScope(redis, ScopeOf("a").Name);
        for (var i = 0; i < 2; i++)
        {
            await In(redis).NumberAsync(ScopeOf("a"), [.. Enumerable.Range(0, 1500).Select(n => Email($"user{n}"))], Cancel);
            Assert.NotEmpty(await stored.DigestsAsync());
            Assert.NotEmpty(await stored.ValuesAsync());

            await In(redis).ForgetAsync(ScopeOf("a"), Cancel);

            Assert.Empty(await stored.DigestsAsync());
            Assert.Empty(await stored.ValuesAsync());
        }

        Assert.Equal([3000], await In(redis).LastNumbersAsync(ScopeOf("a"), ["EMAIL_ADDRESS"], Cancel));
    });

    [Fact]
    public Task Stays_small_over_thousands_of_small_calls() => WithStoreAsync(async connectionString =>
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var stored = new StoredScope(redis, ScopeOf("a").Name);
        var pseudonyms = In(redis);
        for (var i = 1; i <= 2000; i++)
        {
            Assert.Equal([new(i, true)], await pseudonyms.NumberAsync(ScopeOf("a"), [Email($"{i}")], Cancel));
        }

        var (digests, values) = (await stored.DigestsAsync(), await stored.ValuesAsync());
        Assert.InRange(digests.Length + values.Length, 2, 24);
        Assert.InRange((await Task.WhenAll(digests.Concat(values).Select(key => stored.Database.StringLengthAsync(key)))).Sum(), 0,
            2000 * 100);
        Assert.InRange(await stored.Database.StringLengthAsync(stored.Head), 1, 200);
        Assert.InRange(await stored.TimeLeftAsync(), TimeSpan.FromDays(29.9), TimeSpan.FromDays(30));
        Assert.Equal(Enumerable.Range(1, 2000).Select(i => new NumberedValue(i, false)), await In(redis)
            .NumberAsync(ScopeOf("a"), [.. Enumerable.Range(1, 2000).Select(i => Email($"{i}"))], Cancel));
        Assert.Equal(["1@example.com", "2000@example.com"], await In(redis)
            .FindAsync(ScopeOf("a"), [new("EMAIL_ADDRESS", 1), new("EMAIL_ADDRESS", 2000)], Cancel));
    });

    [Fact]
    public Task Reads_again_what_it_had_no_room_for() => WithStoreAsync(async connectionString =>
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var indexes = new ScopeIndexes(Options.Create(new RedactionOptions { IndexMegabytes = 0 }));
        var pseudonyms = In(redis, indexes: indexes);
        var values = Enumerable.Range(0, 1500).Select(i => Email($"user{i}")).ToArray();
        foreach (var scope in (string[])["a", "b", "a", "b"])
        {
            var numbers = await pseudonyms.NumberAsync(ScopeOf(scope), values, Cancel);

            Assert.Equal(Enumerable.Range(1, 1500).Select(i => (long)i), NumbersOf(numbers));
            Assert.Equal(1, indexes.Count);
        }
    });

    [Fact]
    public Task Keeps_long_values() => WithStoreAsync(async connectionString =>
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var values = Enumerable.Range(0, 300).Select(i => new SensitiveValue("PRIVATE_KEY", $"{i} {new string('字', 16_000)}")).ToArray();

        await In(redis).NumberAsync(ScopeOf("a"), values, Cancel);

        Assert.Equal(values.Select(value => value.Identity), await In(redis)
            .FindAsync(ScopeOf("a"), [.. Enumerable.Range(1, 300).Select(i => new Pseudonym("PRIVATE_KEY", i))], Cancel));
    });

    [Fact]
    public Task Refuses_a_scope_of_which_the_store_has_lost_something() => WithStoreAsync(async connectionString =>
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        await In(redis).NumberAsync(ScopeOf("a"), [Email("ada")], Cancel);
        await redis.GetDatabase().KeyDeleteAsync(await new StoredScope(redis, ScopeOf("a").Name).DigestsAsync());

        await Assert.ThrowsAsync<InvalidDataException>(() => In(redis).NumberAsync(ScopeOf("a"), [Email("bob")], Cancel));
    });

    [Fact]
    public Task Starts_over_in_a_store_that_was_emptied() => WithStoreAsync(async connectionString =>
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        var stored = new StoredScope(redis, ScopeOf("a").Name);
        var pseudonyms = In(redis);
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);
        await redis.GetDatabase().KeyDeleteAsync([stored.Head, .. await stored.DigestsAsync(), .. await stored.ValuesAsync()]);
        await In(redis).NumberAsync(ScopeOf("a"), [Email("eve")], Cancel);
        await In(redis).NumberAsync(ScopeOf("a"), [Email("sam")], Cancel);

        Assert.Equal([new(3, true), new(2, false)], await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("sam")], Cancel));
    });

    private protected static RedisPseudonyms In(IConnectionMultiplexer redis, ScopeIndexes? indexes = null)
    {
        var key = Redacted.KeyIn(null);
        var redaction = Options.Create(new RedactionOptions());
        return new(
            redis,
            key,
            new KeyRing(redaction, key),
            indexes ?? new ScopeIndexes(redaction),
            Options.Create(new VaultOptions()),
            TimeProvider.System,
            NullLogger<RedisPseudonyms>.Instance);
    }

    private protected override Task OnEmpty(Func<IPseudonyms, Task> test) => WithStoreAsync(async connectionString =>
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        await test(In(redis));
    });

    /// <summary>Runs a test on a store that holds none of its scopes.</summary>
    private protected abstract Task WithStoreAsync(Func<string, Task> test);
}

public sealed class NumberingInRedis : NumberingInAStore
{
    [Fact]
    public async Task Keeps_no_readable_value_in_the_store()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);

        await In(redis).NumberAsync(ScopeOf("a"), [Email("canary-made-up")], Cancel);

        var stored = await File.ReadAllTextAsync(
            Directory.GetFiles(server.Directory, "*.incr.aof", SearchOption.AllDirectories).Single(), Cancel);
        Assert.Contains("EMAIL_ADDRESS", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-made-up", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String("canary-made-up"u8), stored, StringComparison.Ordinal);
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

    private protected override async Task WithStoreAsync(Func<string, Task> test)
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await test(server.ConnectionString);
    }
}

/// <summary>The store that is part of the process where everything runs in one.</summary>
public sealed class NumberingInGarnet(EmbeddedGarnet garnet) : NumberingInAStore, IClassFixture<EmbeddedGarnet>
{
    private protected override Task WithStoreAsync(Func<string, Task> test) => test(garnet.ConnectionString);
}

/// <summary>A whole system for tests that need only its store.</summary>
public sealed class EmbeddedGarnet : IAsyncLifetime
{
    private FaultMavenHost? _host;

    public string ConnectionString => _host!.Services.GetRequiredService<IConfiguration>().GetConnectionString("redis")!;

    public async ValueTask InitializeAsync() => _host = await FaultMavenHost.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
