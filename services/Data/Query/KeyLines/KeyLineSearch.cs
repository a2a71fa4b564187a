using FaultMaven.Data.Analysis.Statements;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Data.Query.KeyLines;

/// <summary>Finds the lines of a case that bear on a question.</summary>
internal sealed class KeyLineSearch(EvidenceListing listing, IBlobStore blobs)
{
    // Longer logs are read as a stream; of longer documents only this much is read.
    private const int MaxInMemory = 8 << 20;

    /// <summary>At most <paramref name="count"/> lines, the most telling first.</summary>
    /// <param name="parent">The case.</param>
    /// <param name="question">What was asked, redacted in the case's scope.</param>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<Proto.KeyLine>> FindAsync(
        CaseName parent, string question, int count, CancellationToken cancellationToken)
    {
        var files = new List<EvidenceFile>();
        var lines = new List<LineGroup>();
        var asked = Terms.NamesOf(question);
        await foreach (var evidence in listing.ReadAllAsync(parent, cancellationToken))
        {
            if (evidence.LineCount > 0
                && EvidenceName.TryParse(evidence.Name, out var name)
                && await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken) is { } stream)
            {
                using var reader = new StoredTextReader(stream);
                var found = Read(files.Count, evidence, reader, stream.Length, asked, cancellationToken);
                files.Add(EvidenceFile.Of(evidence, evidence.LineCount, found));
                lines.AddRange(found);
            }
        }

        return [.. KeyLineRanking.Rank(question, files, lines, count).Select(ranked => ToProto(ranked.Line, ranked.Probability,
            files[ranked.Line.File]))];
    }

    private static List<LineGroup> Read(int file, Proto.Evidence evidence, StoredTextReader reader, long length, HashSet<string> asked,
        CancellationToken cancellationToken)
    {
        var groups = new LineGroupReader(asked, evidence.CreateTime.ToDateTimeOffset());
        if (evidence.Type == Proto.EvidenceType.Logs && length > MaxInMemory)
        {
            return groups.ReadLog(file, reader, out _, cancellationToken);
        }

        var text = new char[Math.Min(length, MaxInMemory)];
        return groups.Read(file, evidence.Type, new string(text, 0, reader.ReadBlock(text)), cancellationToken);
    }

    /// <summary>A line as it is answered.</summary>
    internal static Proto.KeyLine ToProto(LineGroup line, double probability, EvidenceFile file)
    {
        var source = new EvidenceSource(file.Evidence.Name, file.Evidence.FileName, 0, () => TextReader.Null);
        return new Proto.KeyLine
        {
            Citation = source.Cite(line.Line, line.EndLine, line.Text),
            Probability = probability,
            EvidenceType = file.Type,
            Changed = file.IsDiff && LineFeatures.IsChangedLine(line.Text),
            StatementKind = line.Statement is { } said ? StatementSignal.KindOf(said.Class) : "",
            Level = line.Level,
            Count = line.Count,
            StartTime = line.First?.ToTimestamp(),
            EndTime = line.Last?.ToTimestamp(),
        };
    }
}
