using FaultMaven.Knowledge.Documents;

namespace FaultMaven.Knowledge.Search;

/// <summary>What a search found.</summary>
/// <param name="Hits">The best chunk of each document, best first.</param>
/// <param name="Answered">False if the hits are near misses at most.</param>
internal sealed record SearchResult(IReadOnlyList<SearchHit> Hits, bool Answered)
{
    public static SearchResult Nothing { get; } = new([], false);
}

/// <summary>A chunk that was found.</summary>
/// <param name="Name">The document's name, <c>documents/{document}</c>.</param>
/// <param name="Path">The document's path.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Headings">The headings above the chunk, outermost first.</param>
/// <param name="StartLine">Its first line, from 1.</param>
/// <param name="EndLine">Its last line, inclusive.</param>
/// <param name="Text">Those lines.</param>
/// <param name="Score">How well the document fits, above 0 to 1.</param>
/// <param name="Flags">The passages of the document that look like prompt injection.</param>
internal sealed record SearchHit(
    string Name, string Path, string Title, IReadOnlyList<string> Headings, int StartLine, int EndLine, string Text, double Score,
        DocumentFlags Flags);
