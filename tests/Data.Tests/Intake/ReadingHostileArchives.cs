using System.Buffers.Binary;
using FaultMaven.Data.Intake.Bytes;
using FaultMaven.Data.Intake.Limits;
using FaultMaven.Data.Intake.Unpacking;
using FaultMaven.Data.Tests.Hostile;
using FsCheck;
using FsCheck.Fluent;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;
using static FaultMaven.Data.Tests.Intake.Packed;

namespace FaultMaven.Data.Tests.Intake;

/// <summary>Whatever the bytes are, reading ends, with files, with problems reported, or with a refusal.</summary>
public sealed class ReadingHostileArchives
{
    private static readonly (string Path, byte[] Content)[] s_files =
        [
            ("a.log", Bytes("one\ntwo\n")), ("b/c.gz", Gzip(Bytes("three\n"))),
            ("long-" + new string('n', 150) + ".log", Bytes(new string('x', 3_000))), ("d.log", Bytes("PK four PK\n"))];

    internal static readonly byte[][] s_archives =
        [
            Zip(s_files), StreamedZip(s_files), Tar(s_files), Tar(System.Formats.Tar.TarEntryFormat.Gnu, s_files), Gzip(Tar(s_files)),
            Zstandard(Zip(s_files)), Zip(("inner.zip", StreamedZip(s_files)))];

    [Fact]
    public void Ends_whichever_bytes_are_changed() => Prop.ForAll(
        Gen.Elements(s_archives).Zip(Gen.Choose(0, 1 << 20).Zip(Gen.Choose(0, 255)).ListOf(3), (archive, changes) =>
        {
            var bytes = (byte[])archive.Clone();

            foreach (var (place, value) in changes)
            {
                bytes[place % bytes.Length] = (byte)value;
            }

            return bytes;
        }).ToArbitrary(),
        bytes => Read(bytes, 64) == Read(bytes, bytes.Length)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void Ends_whatever_is_done_to_it() =>
        Prop.ForAll(Distortion.Of(s_archives), bytes => Read(bytes, 64) == Read(bytes, bytes.Length)).Check(Distortion.Cases(1_000));

    [Fact]
    public void Ends_wherever_it_is_cut_and_keeps_what_comes_before()
    {
        foreach (var archive in s_archives[..4])
        {
            // Its first file ends before that; tar has blocks.
            for (var length = archive[0] == 'P' ? 120 : 2_100; length < archive.Length; length += 7)
            {
                Assert.StartsWith("a.log:8;", Read(archive[..length], 100), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Reads_the_same_however_it_comes()
    {
        foreach (var archive in s_archives)
        {
            var read = Read(archive, archive.Length);

            Assert.Equal([read, read, read], [Read(archive, 1), Read(archive, 3), Read(archive, 511)]);
            Assert.DoesNotContain("!", read, StringComparison.Ordinal);
            Assert.EndsWith("d.log:11;", read, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reports_what_was_changed_although_it_can_be_unpacked()
    {
        var archive = StoredZip(s_files[0], s_files[3]);
        archive[archive.AsSpan().IndexOf("two"u8)] = (byte)'T';

        Assert.Equal("a.log:8!;d.log:11;", Read(archive, archive.Length));
    }

    /// <summary>GNU tar writes a number that octal digits don't hold as 0x80 and the number itself, in any field.</summary>
    [Fact]
    public void Reads_numbers_that_are_not_written_in_digits()
    {
        var archive = Tar(System.Formats.Tar.TarEntryFormat.Gnu, s_files[0]);
        var size = archive.AsMemory(124, 12);

        Assert.Equal("a.log:8;", ReadWith(s_files[0].Content.Length));

        // More than 63 bits.
        size.Span[1..].Fill(0xff);

        Assert.Equal("!damaged;", Read(Summed(archive), archive.Length));

        string ReadWith(int length)
        {
            size.Span.Clear();
            size.Span[0] = 0x80;
            BinaryPrimitives.WriteInt32BigEndian(size.Span[^4..], length);

            return Read(Summed(archive), archive.Length);
        }

        static byte[] Summed(byte[] archive)
        {
            var sum = archive.AsSpan(148, 8);
            sum.Fill((byte)' ');
            var value = archive[..512].Sum(value => value);
            sum.Clear();
            sum[0] = 0x80;
            BinaryPrimitives.WriteInt32BigEndian(sum[^4..], value);

            return archive;
        }
    }

    [Fact]
    public void Allocates_no_length_that_a_header_claims()
    {
        // A long name of 8 GiB less a byte, of which nothing follows.
        var header = Tar(System.Formats.Tar.TarEntryFormat.Gnu, s_files[2])[..512];
        "77777777777\0"u8.CopyTo(header.AsSpan(124));
        "        "u8.CopyTo(header.AsSpan(148));
        Bytes($"{Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0')}\0 ").CopyTo(header, 148);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal("!damaged;", Read(header, 512));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    internal static string Read(byte[] bytes, int pieceLength) => string.Concat(ReadAsync(bytes, pieceLength).ToBlockingEnumerable(Cancel));

    /// <summary>Each file with its length, each problem, and the refusal that ends it all.</summary>
    private static async IAsyncEnumerable<string> ReadAsync(byte[] bytes, int pieceLength)
    {
        var pieces = new Queue<byte[]>(bytes.Chunk(Math.Max(1, pieceLength)));
        using var upload = new UploadStream(
            _ => ValueTask.FromResult<ReadOnlyMemory<byte>>(pieces.TryDequeue(out var piece) ? piece : default), long.MaxValue);
        var budget = new UnpackBudget(new ArchiveOptions(), upload);
        await using var content = await UploadContent.OpenAsync(upload, () => false, budget, 0, 1 << 20, Cancel);

        if (!content.IsArchive)
        {
            yield return $"?{content.Form};";
            yield break;
        }

        await using var files = ArchiveFiles.ReadAsync(content, "", budget, 1 << 20, Cancel).GetAsyncEnumerator(Cancel);

        while (true)
        {
            var told = "";

            try
            {
                if (!await files.MoveNextAsync())
                {
                    break;
                }

                told = files.Current.Content is { } file
                    ? $"{files.Current.Path}:{await LengthAsync(file)}{(file.IsDamaged ? "!" : "")};"
                    : files.Current.Path.Length == 0 ? "!damaged;" : $"!{files.Current.Path};";
            }
            catch (IntakeRefusedException exception)
            {
                told = $"!{exception.Failure.Reason};";
            }

            yield return told;

            if (told.StartsWith("!Archive", StringComparison.Ordinal))
            {
                break;
            }
        }
    }

    private static async Task<long> LengthAsync(UploadContent file)
    {
        using var bytes = new MemoryStream();
        await file.Stream.CopyToAsync(bytes, Cancel);

        return bytes.Length;
    }
}
