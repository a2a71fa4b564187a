using System.Formats.Tar;
using System.Text;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;
using static FaultMaven.Data.Tests.Intake.Packed;

namespace FaultMaven.Data.Tests.Intake;

public sealed class UnpackingArchives(DataHost host)
{
    private const string Secret = "PLANTED-7Q2WX9ZK4";

    private static readonly (string Path, byte[] Content)[] s_files =
    [
        ("logs/app.log", Bytes("2026-05-04T03:00:00Z ERROR pool: none left\n2026-05-04T03:00:01Z INFO pool: one is back\n")),
        ("config/app.yaml", Bytes("pool:\n  size: 5\n")),
        (
            "logs/long.log",
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i * 7919 % 104_729} of PK many\n")))),
    ];

    public static TheoryData<string, byte[]> Archives => new()
    {
        { "a.zip", Zip(s_files) },
        { "streamed.zip", StreamedZip(s_files) },
        { "a.tar", Tar(s_files) },
        { "gnu.tar", Tar(TarEntryFormat.Gnu, s_files) },
        { "old.tar", Tar(TarEntryFormat.V7, s_files) },
        { "a.tar.gz", Gzip(Tar(TarEntryFormat.Ustar, s_files)) },
        { "a.tar.zst", Zstandard(Tar(s_files)) },
    };

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Makes_evidence_of_every_file(string fileName, byte[] archive)
    {
        var parent = NewCase();

        var answer = await host.Client.UploadAsync(parent, fileName, archive, chunkSize: 1_000);

        Assert.Equal((EvidenceType.Archive, fileName, archive.Length), (answer.Type, answer.FileName, answer.SizeBytes));
        Assert.Equal((3, 0, 0), (answer.Archive.StoredCount, answer.Archive.DuplicateCount, answer.Archive.FailedCount));
        var files = await ListAsync(parent, answer);
        Assert.Equal(s_files.Select(file => file.Path), files.Select(file => file.FileName));
        Assert.Equal(s_files.Select(file => (long)file.Content.Length), files.Select(file => file.SizeBytes));
        Assert.All(files.Zip(s_files), pair => Assert.Equal(Sha256(pair.Second.Content), pair.First.ContentSha256));
        Assert.Equal((EvidenceType.Logs, EvidenceType.Config), (files[0].Type, files[1].Type));
    }

    [Fact]
    public async Task Inflates_zstd()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "app.log.zst", Zstandard(s_files[2].Content), chunkSize: 100);

        Assert.Equal((30_000L, Sha256(s_files[2].Content), ""), (evidence.LineCount, evidence.ContentSha256, evidence.SourceArchive));
    }

    [Fact]
    public async Task Opens_what_is_packed_in_it_as_well()
    {
        var parent = NewCase();
        var inner = Gzip(Tar(("var/log/old.log.gz", Gzip(s_files[0].Content))));

        var answer = await host.Client.UploadAsync(parent, "bundle.zip", Zip(("node-1.tgz", inner), ("top.log", s_files[2].Content)));

        Assert.Equal(["node-1.tgz/var/log/old.log.gz", "top.log"], (await ListAsync(parent, answer)).Select(file => file.FileName));
    }

    [Fact]
    public async Task Redacts_the_paths_in_it()
    {
        var parent = NewCase();

        var answer = await host.Client.UploadAsync(parent, "a.zip", Zip(($"home/{Secret}/a.log", s_files[0].Content)));

        Assert.Equal([$"home/{ScriptedRedaction.Placeholder}/a.log"], (await ListAsync(parent, answer)).Select(file => file.FileName));
    }

    [Fact]
    public async Task Writes_nowhere_that_a_path_in_it_says()
    {
        var parent = NewCase();
        var place = $"fm-escaped-{Guid.NewGuid():N}";

        var answer = await host.Client.UploadAsync(
            parent, "a.tar", Tar(TarEntryFormat.Ustar, ($"../../../../../../tmp/{place}", s_files[0].Content)));

        Assert.Equal([$"../../../../../../tmp/{place}"], (await ListAsync(parent, answer)).Select(file => file.FileName));
        Assert.False(File.Exists(Path.Combine("/tmp", place)));
    }

    [Fact]
    public async Task Reports_what_it_left_out_and_keeps_the_rest()
    {
        var parent = NewCase();
        var archive = Into(stream =>
        {
            using var tar = new TarWriter(stream, TarEntryFormat.Pax);
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "empty.log") { DataStream = Stream.Null });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link.log") { LinkName = "/etc/passwd" });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "folder"));
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "good.log") { DataStream = new MemoryStream(s_files[0].Content) });
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "same.log") { DataStream = new MemoryStream(s_files[0].Content) });
        });

        var answer = await host.Client.UploadAsync(parent, "a.tar", archive);

        Assert.Equal((1, 1, 2), (answer.Archive.StoredCount, answer.Archive.DuplicateCount, answer.Archive.FailedCount));
        Assert.Equal(
            [("empty.log", ErrorReason.EmptyContent), ("link.log", ErrorReason.UnreadableEntry)],
            answer.Archive.Failures.Select(failure => (failure.FileName, failure.Error.Reason())));
        Assert.Equal(["good.log"], (await ListAsync(parent, answer)).Select(file => file.FileName));
    }

    [Fact]
    public async Task Passes_over_an_encrypted_file()
    {
        var zip = Zip(("secret.log", s_files[0].Content), ("open.log", s_files[1].Content));
        zip[6] |= 1;

        var answer = await host.Client.UploadAsync(NewCase(), "a.zip", zip);

        Assert.Equal((1, "It is encrypted."), (answer.Archive.StoredCount, Assert.Single(answer.Archive.Failures).Error.Message));
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Keeps_what_comes_before_its_damage(string fileName, byte[] archive)
    {
        var parent = NewCase();

        var answer = await host.Client.UploadAsync(parent, fileName, archive[..(archive.Length * 2 / 3)]);

        Assert.Equal(3, answer.Archive.StoredCount);
        Assert.Contains(answer.Archive.Failures, failure => failure.Error.Message.Contains("damaged", StringComparison.Ordinal));
        Assert.Contains((await ListAsync(parent, answer))[2].Reasons, reason => reason.Contains("damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Is_stored_once()
    {
        var parent = NewCase();

        var first = await host.Client.UploadAsync(parent, "a.zip", Zip(s_files));
        var second = await host.Client.UploadAsync(parent, "again.zip", Zip(s_files));

        Assert.Equal((first.Name, first.Name), (second.Name, second.DuplicateOf));
        Assert.Equal(4, (await host.Client.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: Cancel)).Evidence.Count);
    }

    [Fact]
    public async Task Classifies_a_document_as_what_it_is()
    {
        var evidence = await host.Client.UploadAsync(
            NewCase(), "report.docx", Zip(("[Content_Types].xml", Bytes("<Types/>")), ("word/document.xml", Bytes("<w/>"))));

        Assert.Equal((EvidenceType.Unanalyzable, (ArchiveContents?)null), (evidence.Type, evidence.Archive));
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    private async Task<IReadOnlyList<Proto.Evidence>> ListAsync(string parent, Proto.Evidence archive) =>
        [
            .. (await host.Client.ListEvidenceAsync(
                new() { Parent = parent }, cancellationToken: Cancel)).Evidence.Where(file => file.SourceArchive == archive.Name)];
}
