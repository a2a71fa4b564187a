using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace FaultMaven.Data.Tests.Intake;

/// <summary>Packs files for tests.</summary>
internal static class Packed
{
    public static byte[] Gzip(byte[] bytes) => Into(stream =>
    {
        using var gzip = new GZipStream(stream, CompressionLevel.Optimal);
        gzip.Write(bytes);
    });

    public static byte[] Zstandard(byte[] bytes) => Into(stream =>
    {
        using var zstandard = new CompressionStream(stream);
        zstandard.Write(bytes);
    });

    public static byte[] Zip(params (string Path, byte[] Content)[] files) => Into(stream => Zip(stream, files));

    public static byte[] StoredZip(params (string Path, byte[] Content)[] files) =>
        Into(stream => Zip(stream, files, CompressionLevel.NoCompression));

    /// <summary>As programs write it that cannot go back in what they have written: the sizes come after the data.</summary>
    public static byte[] StreamedZip(params (string Path, byte[] Content)[] files) => Into(stream => Zip(new OneWay(stream), files));

    public static byte[] Tar(params (string Path, byte[] Content)[] files) => Tar(TarEntryFormat.Pax, files);

    public static byte[] Tar(TarEntryFormat format, params (string Path, byte[] Content)[] files) => Into(stream =>
    {
        using var tar = new TarWriter(stream, format);

        foreach (var (path, content) in files)
        {
            TarEntry entry = format switch
            {
                TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, path),
                TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, path),
                TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, path),
                _ => new PaxTarEntry(TarEntryType.RegularFile, path),
            };
            entry.DataStream = new MemoryStream(content);
            tar.WriteEntry(entry);
        }
    });

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Into(Action<Stream> write)
    {
        using var bytes = new MemoryStream();
        write(bytes);

        return bytes.ToArray();
    }

    private static void Zip(Stream stream, (string Path, byte[] Content)[] files, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);

        foreach (var (path, content) in files)
        {
            using var entry = zip.CreateEntry(path, level).Open();
            entry.Write(content);
        }
    }

    private sealed class OneWay(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
