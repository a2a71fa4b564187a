namespace FaultMaven.Knowledge.Search;

/// <summary>
/// Ranks documents for a query. A document's score is how much of the query it covers (BM25 over its title, path and the chunks that
/// matched, as a share of the most it could be), raised by how much of its title was asked for and by how many words
/// are side by side in it as they do in the query. So scores lie between 0 and 1 whatever the base, and one threshold separates an answer
/// from a near miss.
/// </summary>
/// <remarks>
/// BM25 is computed twice. The index ranks chunks by FTS5's <c>bm25()</c>, which chooses the candidates in one pass over its postings. That
/// score is a chunk's, has no upper bound, and changes with the size of the base, so no threshold fits it; here documents are scored, as a
/// share of what is possible.
/// </remarks>
internal sealed class Ranking(SearchQuery query, double averageTermCount)
{
    // The usual constants of BM25.
    private const double Saturation = 1.2;
    private const double LengthShare = 0.75;

    /// <summary>What a word counts in a title, and in a path; in the text it is 1.</summary>
    public const double TitleWeight = 2;
    public const double PathWeight = 0.5;

    /// <summary>(1 + saturation) for the terms, times 1 + 1 for the title + 1 for the pairs.</summary>
    private const double MaxScore = (1 + Saturation) * 3;

    private readonly Dictionary<long, Document> _documents = [];

    /// <summary>Adds a chunk that matched; those of one document in the order of their fit.</summary>
    public void Add(MatchedChunk chunk)
    {
        if (!_documents.TryGetValue(chunk.DocumentId, out var document))
        {
            document = new Document(chunk.Id, chunk.DocumentTermCount, TitleShare(chunk.Title), query.Count);
            _documents.Add(chunk.DocumentId, document);
            Count(document, chunk.Title, TitleWeight);
            Count(document, chunk.Path, PathWeight);
        }

        Count(document, chunk.Body, 1);
    }

    /// <summary>The best documents, best first, each with its best chunk.</summary>
    public IReadOnlyList<RankedDocument> Best(int count) =>
    [
        .. _documents
            .Select(d => new RankedDocument(d.Key, d.Value.BestChunk, Score(d.Value)))
            .OrderByDescending(d => d.Score)
            .ThenBy(d => d.DocumentId)
            .Take(count),
    ];

    private double Score(Document document)
    {
        var length = 1 - LengthShare + (LengthShare * document.TermCount / Math.Max(1, averageTermCount));
        var sum = 0.0;
        for (var term = 0; term < document.Frequencies.Length; term++)
        {
            var frequency = document.Frequencies[term];
            sum += query.WeightOf(term) * frequency * (1 + Saturation) / (frequency + (Saturation * length));
        }

        // A query of one word has no pair that could be missing.
        var pairs = query.PairWeight > 0 ? document.Pairs.Sum(p => query.WeightOf(p.First, p.Second)) / query.PairWeight : 1;
        return sum / query.Weight * (1 + document.TitleShare + pairs) / MaxScore;
    }

    private void Count(Document document, string terms, double weight)
    {
        var previous = -1;
        foreach (var range in terms.AsSpan().Split(' '))
        {
            var term = query.Find(terms.AsSpan(range));
            if (term >= 0)
            {
                document.Frequencies[term] += weight;
                if (previous >= 0 && query.WeightOf(previous, term) > 0)
                {
                    document.Pairs.Add((previous, term));
                }
            }

            previous = term;
        }
    }

    /// <summary>Which share of a title, by rarity, was asked for.</summary>
    private double TitleShare(string title)
    {
        double all = 0, sought = 0;
        foreach (var term in title.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct())
        {
            var rarity = query.Rarity(term);
            all += rarity;
            sought += query.Find(term) >= 0 ? rarity : 0;
        }

        return all > 0 ? sought / all : 0;
    }

    private sealed class Document(long bestChunk, long termCount, double titleShare, int terms)
    {
        public long BestChunk { get; } = bestChunk;

        public long TermCount { get; } = termCount;

        public double TitleShare { get; } = titleShare;

        public double[] Frequencies { get; } = new double[terms];

        public HashSet<(int First, int Second)> Pairs { get; } = [];
    }
}

/// <summary>A chunk that holds a sought term, as the index keeps it.</summary>
/// <param name="Id">The chunk.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="DocumentTermCount">How many terms the document has.</param>
/// <param name="Title">The terms of the document's title, joined by blanks.</param>
/// <param name="Path">The terms of its path.</param>
/// <param name="Body">The terms of the chunk.</param>
internal sealed record MatchedChunk(long Id, long DocumentId, long DocumentTermCount, string Title, string Path, string Body);

/// <summary>A document that was found.</summary>
/// <param name="DocumentId">The document.</param>
/// <param name="ChunkId">Its chunk that fits best.</param>
/// <param name="Score">How well the document fits, above 0 to 1.</param>
internal sealed record RankedDocument(long DocumentId, long ChunkId, double Score);
