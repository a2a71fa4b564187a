using System.Text;
using FaultMaven.Data.Intake.Bytes;
using FaultMaven.Data.Intake.Decoding;
using FaultMaven.Data.Intake.Unpacking;
using FaultMaven.Data.Tests.Hosting;
using FsCheck;
using FsCheck.Fluent;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

public sealed class DetectingEncodings(DataHost host)
{
    private const string Line = "näöü 𝄞 — ok at 10:00:00\n";

    [Theory]
    [InlineData("utf-8", "utf-8", true)]
    [InlineData("utf-8", "utf-8", false)]
    [InlineData("utf-16", "utf-16le", true)]
    [InlineData("utf-16", "utf-16le", false)]
    [InlineData("utf-16BE", "utf-16be", true)]
    [InlineData("utf-16BE", "utf-16be", false)]
    [InlineData("utf-32", "utf-32le", true)]
    [InlineData("utf-32BE", "utf-32be", true)]
    public async Task Stores_UTF_8_whatever_it_was(string name, string told, bool isMarked)
    {
        var encoding = Encoding.GetEncoding(name);
        var text = string.Concat(Enumerable.Repeat(Line, 20_000));

        var evidence = await host.Client.UploadAsync(
            NewCase(), "app.log", [.. isMarked ? encoding.GetPreamble() : [], .. encoding.GetBytes(text)], chunkSize: 997);

        Assert.Equal((told, Sha256(text)), (evidence.Encoding, evidence.ContentSha256));
    }

    [Fact]
    public async Task Reads_what_is_not_UTF_8_as_Windows_1252()
    {
        var evidence = await host.Client.UploadAsync(NewCase(), "old.log", [.. "caf"u8, 0xe9, .. " costs 3 "u8, 0x80, .. "\n"u8]);

        Assert.Equal("windows-1252", evidence.Encoding);
        Assert.Equal(["café costs 3 €"], await host.Client.ReadAllLinesAsync(evidence.Name));
    }

    [Fact]
    public async Task Reads_a_log_that_two_programs_wrote_each_in_its_own_way()
    {
        var text = string.Concat(Enumerable.Repeat("plain\n", 20_000));

        var evidence = await host.Client.UploadAsync(
            NewCase(), "mixed.log", [.. Encoding.UTF8.GetBytes($"naïve\n{text}"), .. "na"u8, 0xef, .. "ve\n"u8]);

        Assert.Equal(("utf-8, windows-1252", Sha256($"naïve\n{text}naïve\n")), (evidence.Encoding, evidence.ContentSha256));
    }

    [Fact]
    public void Does_not_read_numbers_of_two_bytes_as_text()
    {
        var numbers = Enumerable.Range(0, 2_000).SelectMany(i => BitConverter.GetBytes((short)(i % 31))).ToArray();

        Assert.Equal(ContentForm.Binary, ContentForms.Of(numbers));
    }

    [Fact]
    public void Loses_nothing_of_any_bytes_however_they_are_cut() => Prop.ForAll(
        Gen.Choose(0, 255).ListOf().Select(bytes => bytes.Select(value => (byte)value).Prepend((byte)'a').ToArray()).ToArbitrary(),
        bytes =>
        {
            var expected = Decode(bytes, bytes.Length);

            // Every byte has a meaning: as UTF-8 where it is, by itself where not.
            var isWide = TextEncoding.IsWide(bytes);
            return Decode(bytes, 1) == expected && (isWide || (!expected.Contains('\ufffd') && expected.Length >= bytes.Length / 4));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reads_back_any_text_in_UTF_8() => Prop.ForAll<NonNull<string>>(text =>
    {
        var bytes = Encoding.UTF8.GetBytes($"a{text.Get}");

        return TextEncoding.IsWide(bytes)
            || Decode(bytes, 3) == Encoding.UTF8.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
    }).QuickCheckThrowOnFailure();

    private static string Decode(byte[] bytes, int pieceLength)
    {
        var pieces = new Queue<byte[]>(bytes.Chunk(Math.Max(1, pieceLength)));
        using var stream = new UploadStream(
            _ => ValueTask.FromResult<ReadOnlyMemory<byte>>(pieces.TryDequeue(out var piece) ? piece : default), long.MaxValue);
        var text = new DecodedText(bytes, stream);

        return string.Concat(text.ReadAsync(Cancel).ToBlockingEnumerable(Cancel).Select(piece => Encoding.UTF8.GetString(piece.Span)));
    }

    private static string Sha256(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
