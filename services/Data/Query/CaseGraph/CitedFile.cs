using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Cites lines of one file of the case, quoted in short: a graph has thousands of them.</summary>
internal sealed class CitedFile(Proto.Evidence evidence)
{
    private const int MaxQuoteLength = 160;

    private readonly EvidenceSource _source = new(evidence.Name, evidence.FileName, 0, () => TextReader.Null);

    public string Name { get; } = evidence.FileName;

    public Proto.EvidenceType Type { get; } = evidence.Type;

    /// <summary>When it was stored, which is not earlier than its last log entry.</summary>
    public DateTimeOffset Time { get; } = evidence.CreateTime.ToDateTimeOffset();

    public Proto.Citation Cite(long line, ReadOnlySpan<char> text)
    {
        var quote = text.Trim();
        return _source.Cite(line, line, quote.Length <= MaxQuoteLength ? quote.ToString() : $"{quote.ToString().CutTo(MaxQuoteLength)}…");
    }

    /// <summary>Cites the line that a value is on.</summary>
    public Proto.Citation Cite(SourceText text, Node node) => Cite(node.Line, text.Line(node.Line));
}
