namespace FaultMaven.Data.Sources;

/// <summary>The stored, redacted text of one piece of evidence, as analysers read it.</summary>
/// <param name="Name"><c>cases/{case}/evidence/{evidence}</c>.</param>
/// <param name="FileName">Its file name.</param>
/// <param name="Length">Its length in bytes, for choosing between reading at once and streaming.</param>
/// <param name="Open">Opens the text from its start.</param>
internal sealed record EvidenceSource(string Name, string FileName, long Length, Func<TextReader> Open)
{
    /// <summary>How long the quote of a citation may be, in characters.</summary>
    public const int MaxQuoteLength = 400;

    /// <summary>The version of the same file that the case had before it, if any; set for settings only.</summary>
    public EvidenceSource? Previous { get; init; }

    /// <summary>Cites lines of this evidence.</summary>
    /// <param name="startLine">The first line, from 1.</param>
    /// <param name="endLine">The last line, inclusive.</param>
    /// <param name="quote">The most informative of them.</param>
    public Proto.Citation Cite(long startLine, long endLine, string quote) => new()
    {
        Evidence = Name,
        FileName = FileName,
        StartLine = startLine,
        EndLine = endLine,
        Quote = quote.Length <= MaxQuoteLength ? quote : string.Concat(quote.CutTo(MaxQuoteLength - 1), "…"),
    };
}
