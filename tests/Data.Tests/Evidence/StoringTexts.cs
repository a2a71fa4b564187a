using FaultMaven.Tests.Shared;
using System.Text;
using FaultMaven.Data.Store;
using FaultMaven.Data.Tests.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

/// <summary>What every store of texts does.</summary>
public abstract class StoringTexts : IDisposable
{
    private static readonly string s_sha256 = new('a', 64);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-blobs-");

    private protected string Folder => _directory.FullName;

    [Fact]
    public async Task Gives_back_what_was_adopted_from_any_place_on()
    {
        using var work = TestIdentity.Work();
        var (blobs, name) = (CreateStore(), NewName());

        await AdoptAsync(blobs, name, "one\ntwo\n");
        await using var stream = await blobs.TryOpenReadAsync(name, s_sha256, Cancel);

        Assert.Equal(8, stream!.Length);
        stream.Seek(4, SeekOrigin.Begin);
        Assert.Equal("two\n", await new StreamReader(stream).ReadToEndAsync(Cancel));
        Assert.Equal("one\ntwo\n", await ReadAsync(blobs, name));
    }

    [Fact]
    public async Task Has_nothing_under_other_names()
    {
        using var work = TestIdentity.Work();
        var (blobs, name) = (CreateStore(), NewName());

        await AdoptAsync(blobs, name, "text");

        Assert.Null(await ReadAsync(blobs, NewName()));
        Assert.Null(await ReadAsync(blobs, name with { Id = "other" }));
    }

    [Fact]
    public async Task Has_nothing_any_more_once_it_was_deleted_also_twice()
    {
        using var work = TestIdentity.Work();
        var (blobs, name) = (CreateStore(), NewName());
        await AdoptAsync(blobs, name, "text");
        Assert.Equal("text", await ReadAsync(blobs, name));

        await blobs.DeleteAsync(name, s_sha256, Cancel);
        await blobs.DeleteAsync(name, s_sha256, Cancel);
        await blobs.DeleteAsync(NewName(), s_sha256, Cancel);

        Assert.Null(await ReadAsync(blobs, name));
    }

    [Fact]
    public async Task Lists_what_it_has_and_since_when()
    {
        using var work = TestIdentity.Work();
        var (blobs, first, second) = (CreateStore(), NewName(), NewName());
        await AdoptAsync(blobs, first, "text");
        await AdoptAsync(blobs, second, "text");

        var listed = await blobs.ListAsync(Cancel).Where(blob => blob.Name == first || blob.Name == second).ToListAsync(Cancel);

        Assert.Equal(new[] { first, second }.ToHashSet(), listed.Select(blob => blob.Name).ToHashSet());
        Assert.All(listed, blob => Assert.Equal(s_sha256, blob.Sha256));
        Assert.All(
            listed,
            blob => Assert.InRange(TimeProvider.System.GetUtcNow() - blob.WriteTime, TimeSpan.FromMinutes(-5), TimeSpan.FromMinutes(5)));
    }

    public void Dispose()
    {
        _directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract IBlobStore CreateStore();

    private protected IHostEnvironment CreateEnvironment() => new Environment(Folder);

    private static EvidenceName NewName() => EvidenceName.New(new CaseName($"{Guid.NewGuid():N}"), TimeProvider.System.GetUtcNow());

    private async Task AdoptAsync(IBlobStore blobs, EvidenceName name, string text)
    {
        var path = Path.Combine(Folder, $"{Guid.NewGuid():N}");
        await File.WriteAllTextAsync(path, text, Cancel);
        await blobs.AdoptAsync(path, name, s_sha256, Cancel);
    }

    private static async Task<string?> ReadAsync(IBlobStore blobs, EvidenceName name)
    {
        if (await blobs.TryOpenReadAsync(name, s_sha256, Cancel) is not { } stream)
        {
            return null;
        }

        using var reader = new StreamReader(stream, Encoding.UTF8);

        return await reader.ReadToEndAsync(Cancel);
    }

    private sealed class Environment(string folder) : IHostEnvironment
    {
        public string ApplicationName { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = folder;

        public string EnvironmentName { get; set; } = "";
    }
}

public sealed class StoringTextsInFiles : StoringTexts
{
    private protected override IBlobStore CreateStore() =>
        new FileBlobStore(Options.Create(new DataOptions()), CreateEnvironment(), TimeProvider.System);
}

/// <summary>
/// Against a real store; <c>eng/s3</c> starts one. Its answers come from the store, not from what the process still has on its disk.
/// </summary>
public sealed class StoringTextsInS3 : StoringTexts
{
    [Fact]
    public async Task Serves_a_whole_service()
    {
        await using var host = await DataHost.StartAsync(
            ("Data:Blobs:S3:ServiceUrl", Url),
            ("Data:Blobs:S3:Bucket", "evidence"),
            ("Data:Blobs:S3:ForcePathStyle", "true"),
            ("Data:Blobs:S3:AccessKey", "S3RVER"),
            ("Data:Blobs:S3:SecretKey", "S3RVER"));
        var parent = NewCase();

        var evidence = await host.Client.UploadAsync(parent, "app.log", "one\ntwo\n");

        Assert.False(Directory.Exists(Path.Combine(host.DataDirectory, "blobs")));
        Assert.Equal(["one", "two"], await host.Client.ReadAllLinesAsync(evidence.Name));
        Assert.Single(await host.Client.SearchAsync(parent, "TWO"));
        await host.Client.DeleteEvidenceAsync(new() { Name = evidence.Name }, cancellationToken: Cancel);
        Assert.Empty(Directory.GetFiles(Path.Combine(host.DataDirectory, "cache")));
    }

    [Fact]
    public async Task Keeps_no_more_copies_than_it_may()
    {
        using var work = TestIdentity.Work();
        var name = EvidenceName.New(new CaseName("cache"), TimeProvider.System.GetUtcNow());
        var cache = CreateCache(cacheBytes: 10);

        foreach (var sha256 in new[] { "a", "b", "c" })
        {
            await (await cache.AddAsync(name, sha256, new MemoryStream(new byte[6]), Cancel)).DisposeAsync();
        }

        Assert.Single(Directory.GetFiles(Path.Combine(Folder, "data", "data", "cache")));
    }

    [Fact]
    public async Task Keeps_copies_while_many_come_and_go()
    {
        using var work = TestIdentity.Work();
        var name = EvidenceName.New(new CaseName("cache"), TimeProvider.System.GetUtcNow());
        var cache = CreateCache(cacheBytes: 10_000);

        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), Cancel, async (i, token) =>
        {
            await using var copy = await cache.AddAsync(name, $"{i % 40}", new MemoryStream(new byte[1_000]), token);
            Assert.Equal(1_000, copy.Length);
            cache.Remove(name, $"{(i + 20) % 40}");
        });

        Assert.InRange(Directory.GetFiles(Path.Combine(Folder, "data", "data", "cache")).Length, 0, 10);
    }

    private static string Url
    {
        get
        {
            var url = System.Environment.GetEnvironmentVariable("FAULTMAVEN_S3");
            Assert.SkipWhen(string.IsNullOrEmpty(url), "FAULTMAVEN_S3 names no S3-compatible store; eng/s3 starts one.");

            return url;
        }
    }

    private protected override IBlobStore CreateStore() => new S3BlobStore(
        Options.Create(new S3BlobOptions
        {
            Bucket = "evidence",
            Prefix = "tests/",
            ServiceUrl = new Uri(Url),
            ForcePathStyle = true,
            AccessKey = "S3RVER",
            SecretKey = "S3RVER",
        }),
        CreateCache(cacheBytes: 1 << 20));

    private BlobCache CreateCache(long cacheBytes) =>
        new(
            Options.Create(new DataOptions()), Options.Create(new S3BlobOptions { CacheBytes = cacheBytes }), CreateEnvironment(),
            TimeProvider.System);
}
