using System.IO.Compression;
using System.Text;
using FaultMaven.Data.Tests.Classification.Corpus;
using FaultMaven.Data.Tests.Extraction;
using FaultMaven.Data.Tests.Logs;

namespace FaultMaven.Data.Tests.Hostile;

/// <summary>Sound files of every kind that is read, for <see cref="Distortion"/> to start from.</summary>
internal static class Samples
{
    /// <summary>Text: the golden files of the extractors, the formats of logs, and what the classifier is measured with.</summary>
    public static IReadOnlyList<byte[]> Texts { get; } =
    [
        .. Golden(file => Path.GetExtension(file) is not (".png" or ".bin" or ".gz")),
        .. ReadingFormats.Sections().Select(section => Encoding.UTF8.GetBytes(ReadingFormats.AsWritten(section.Log))),
        .. HandMade.All.Concat(Ambiguous.All).Select(sample => Encoding.UTF8.GetBytes(sample.Content)),
        .. Made(),
    ];

    /// <summary>The binary profile, inflated.</summary>
    public static IReadOnlyList<byte[]> Profiles { get; } =
    [
        .. Golden(file => file.EndsWith(".pb.gz", StringComparison.Ordinal)).Select(Inflate),
    ];

    private static IEnumerable<byte[]> Golden(Func<string, bool> isWanted) =>
        Directory.EnumerateFiles(EveryRowOfTheExtractorTable.Root(), "*", SearchOption.AllDirectories)
            .Where(file => isWanted(file) && !file.EndsWith(".approved.txt", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes);

    private static IEnumerable<byte[]> Made()
    {
        var random = new Random(1);

        return LogMakers.All.Concat(ObservabilityMakers.All).Concat(StateMakers.All).Concat(ProseMakers.All)
            .Select(maker => Encoding.UTF8.GetBytes(maker.Content(random)));
    }

    private static byte[] Inflate(byte[] packed)
    {
        using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);

        return bytes.ToArray();
    }
}
