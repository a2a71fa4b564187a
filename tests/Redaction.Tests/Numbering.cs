using FaultMaven.Redaction.Pseudonyms;
using FaultMaven.Tests.Shared;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Tests;

/// <summary>What every keeper of pseudonyms does, whatever it keeps them in.</summary>
public abstract class Numbering
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Numbers_each_type_from_one_in_the_order_of_appearance() => OnEmpty(async pseudonyms =>
    {
        var numbers = await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob"), new("IP_ADDRESS", "ada"), Email("ada")], Cancel);

        Assert.Equal([1, 2, 1, 1], numbers);
        Assert.Equal([3, 2], await pseudonyms.NumberAsync(ScopeOf("a"), [Email("eve"), Email("bob")], Cancel));
    });

    [Fact]
    public Task Numbers_scopes_apart() => OnEmpty(async pseudonyms =>
    {
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);

        Assert.Equal([1], await pseudonyms.NumberAsync(ScopeOf("b"), [Email("bob")], Cancel));
    });

    [Fact]
    public Task Numbers_more_values_than_one_command_carries() => OnEmpty(async pseudonyms =>
    {
        var values = Enumerable.Range(0, 2500).Select(i => Email($"user{i}")).ToArray();

        var numbers = await pseudonyms.NumberAsync(ScopeOf("a"), values, Cancel);

        Assert.Equal(Enumerable.Range(1, 2500).Select(i => (long)i), numbers);
    });

    [Fact]
    public Task Agrees_with_itself_when_many_ask_at_once() => OnEmpty(async pseudonyms =>
    {
        var values = Enumerable.Range(0, 40).Select(i => Email($"user{i}")).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async caller =>
        {
            var order = values.Index().OrderBy(v => (v.Index * 31 + caller * 17) % 40).Select(v => v.Item).ToArray();
            var numbers = await pseudonyms.NumberAsync(ScopeOf("a"), order, Cancel);
            return order.Zip(numbers).OrderBy(pair => pair.First.Identity).Select(pair => pair.Second).ToArray();
        }));

        Assert.All(answers, numbers => Assert.Equal(answers[0], numbers));
        Assert.Equal(values.Length, answers[0].Distinct().Count());
    });

    private protected static Scope ScopeOf(string name) => Scope.TryParse(name, out var scope) ? scope.Value : throw new InvalidOperationException();

    private protected static SensitiveValue Email(string name) => new("EMAIL_ADDRESS", $"{name}@example.com");

    private protected abstract Task OnEmpty(Func<IPseudonyms, Task> test);
}

public sealed class NumberingInMemory : Numbering
{
    private protected override Task OnEmpty(Func<IPseudonyms, Task> test) => test(new InMemoryPseudonyms());
}

public sealed class NumberingInRedis : Numbering
{
    [Fact]
    public async Task Keeps_no_value_in_the_store()
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);

        await new RedisPseudonyms(redis, KeyIn(server.Directory)).NumberAsync(ScopeOf("a"), [Email("canary-made-up")], Cancel);

        var stored = await File.ReadAllTextAsync(
            Directory.GetFiles(server.Directory, "*.incr.aof", SearchOption.AllDirectories).Single(), Cancel);
        Assert.Contains("#EMAIL_ADDRESS", stored, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-made-up", stored, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Makes_one_key_that_only_its_owner_reads()
    {
        var directory = Directory.CreateTempSubdirectory("fm-key-").FullName;

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => KeyIn(directory).Fingerprint)));

        Assert.All(keys, key => Assert.Equal(keys[0], key));
        var file = Assert.Single(Directory.GetFiles(Path.Combine(directory, "data", "redaction"), "*.key"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        }

        Directory.Delete(directory, recursive: true);
    }

    private protected override async Task OnEmpty(Func<IPseudonyms, Task> test)
    {
        await using var server = await RedisServer.StartAsync(Cancel);
        await using var redis = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
        await test(new RedisPseudonyms(redis, KeyIn(server.Directory)));
    }

    private static PseudonymKey KeyIn(string directory) => new(Options.Create(new RedactionOptions()), new ContentRoot(directory));

    private sealed class ContentRoot(string path) : IHostEnvironment
    {
        public string ApplicationName { get; set; } = "tests";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = path;

        public string EnvironmentName { get; set; } = Environments.Development;
    }
}
