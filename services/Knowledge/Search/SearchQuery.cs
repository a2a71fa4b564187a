using System.Runtime.InteropServices;

namespace FaultMaven.Knowledge.Search;

/// <summary>The terms of a query: distinct terms with weights, and which of them are side by side.</summary>
internal sealed class SearchQuery
{
    /// <summary>How many terms are searched for at most, the weightiest: a pasted log has hundreds, and its rarest words decide.</summary>
    private const int MaxTerms = 64;

    /// <summary>A base of fewer chunks than this counts as this many: in a handful of texts no word can be shown to be common.</summary>
    private const int MinChunks = 50;

    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<double> _rarities = [];
    private readonly Dictionary<string, double> _otherRarities = new(StringComparer.Ordinal);
    private readonly List<double> _weights = [];
    private readonly Dictionary<(int First, int Second), double> _pairs = [];
    private readonly Func<string, long> _chunksWith;
    private readonly long _chunks;

    /// <param name="terms">The terms in the order of the query.</param>
    /// <param name="chunks">How many chunks there are.</param>
    /// <param name="chunksWith">How many of them hold a term.</param>
    public SearchQuery(IReadOnlyList<string> terms, long chunks, Func<string, long> chunksWith)
    {
        _chunksWith = chunksWith;
        _chunks = Math.Max(chunks, MinChunks);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var term in terms)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
        }

        var weighed = counts.Select(c => (Term: c.Key, Known: chunksWith(c.Key), Count: c.Value))
            // An unknown word with a digit in it (an id, a time) names an instance, not a matter.
            .Where(t => t.Known > 0 || !t.Term.AsSpan().ContainsAnyInRange('0', '9'))
            .Select(t => (t.Term, Rarity: RarityOf(t.Known), Weight: RarityOf(t.Known) * t.Count))
            .OrderByDescending(t => t.Weight)
            .Take(MaxTerms);
        foreach (var (term, rarity, weight) in weighed)
        {
            _ids.Add(term, _weights.Count);
            _rarities.Add(rarity);
            _weights.Add(weight);
        }

        Weight = _weights.Sum();
        AddPairs(terms);
    }

    /// <summary>The sum of all terms' weights.</summary>
    public double Weight { get; }

    /// <summary>The sum of all pairs' weights.</summary>
    public double PairWeight { get; private set; }

    /// <summary>How many terms there are; their ids count from 0.</summary>
    public int Count => _weights.Count;

    public double WeightOf(int term) => _weights[term];

    /// <summary>The weight of two terms standing side by side in the query, or 0 if they don't.</summary>
    public double WeightOf(int first, int second) => _pairs.GetValueOrDefault((first, second));

    /// <summary>The id of a term, or −1 if it isn't sought.</summary>
    public int Find(ReadOnlySpan<char> term) => _ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var id) ? id : -1;

    /// <summary>How telling a term is, whether sought or not: its inverse frequency, as BM25 has it.</summary>
    public double Rarity(string term)
    {
        if (Find(term) is var id and >= 0)
        {
            return _rarities[id];
        }

        if (!_otherRarities.TryGetValue(term, out var rarity))
        {
            rarity = RarityOf(_chunksWith(term));
            _otherRarities.Add(term, rarity);
        }

        return rarity;
    }

    /// <summary>The query for FTS5. Terms hold letters and digits only and are in quotes, so no operator can come from outside.</summary>
    public string ToFts() => string.Join(" OR ", _ids.Keys.Select(term => $"\"{term}\""));

    private double RarityOf(long chunksWith) => Math.Log(1 + ((_chunks - chunksWith + 0.5) / (chunksWith + 0.5)));

    private void AddPairs(IReadOnlyList<string> terms)
    {
        for (var i = 1; i < terms.Count; i++)
        {
            var pair = (First: Find(terms[i - 1]), Second: Find(terms[i]));
            if (pair.First >= 0 && pair.Second >= 0)
            {
                _pairs[pair] = _rarities[pair.First] + _rarities[pair.Second];
            }
        }

        PairWeight = _pairs.Values.Sum();
    }
}
