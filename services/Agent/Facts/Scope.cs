namespace FaultMaven.Agents.Facts;

/// <summary>
/// What the question is about: the things it names, and what is related to them. What lies outside is also seen, but not the cause unless a
/// relation leads there.
/// </summary>
internal sealed class Scope
{
    private const double Direct = 1;
    private const double Near = 0.8;
    private const double Far = 0.6;
    private const double Unrelated = 0.3;

    // Without a name in the question, everything is as relevant as anything.
    private const double Open = 0.6;

    // A name that most facts share tells nothing apart.
    private const double TooCommon = 0.6;

    private readonly Dictionary<Fact, double> _relevance = [];

    public Scope(string question, IReadOnlyList<Fact> facts, IEnumerable<string> alerted)
    {
        var asked = NameReader.Of(question).Concat(alerted).ToHashSet(StringComparer.Ordinal);
        var common = facts.SelectMany(fact => fact.Names).GroupBy(name => name)
            .Where(group => facts.Count > 4 && group.Count() > TooCommon * facts.Count).Select(group => group.Key)
                .ToHashSet(StringComparer.Ordinal);
        asked.ExceptWith(common);
        Asked = asked;

        var direct = facts.Where(fact => fact.Names.Overlaps(asked)).ToList();
        IsOpen = direct.Count == 0;
        var near = Reach(direct, facts, common);
        var far = Reach(near, facts, common);
        foreach (var fact in facts)
        {
            _relevance[fact] = IsOpen ? Open : direct.Contains(fact) ? Direct : near.Contains(fact) ? Near : far.Contains(fact) ? Far
                : Unrelated;
        }
    }

    /// <summary>The names that the question and its alerts have in common with the evidence, and the others that it has.</summary>
    public IReadOnlySet<string> Asked { get; }

    /// <summary>True if nothing that the question names is in the evidence.</summary>
    public bool IsOpen { get; }

    /// <summary>How near a fact is to what was asked, 0 to 1.</summary>
    public double RelevanceOf(Fact fact) => _relevance.GetValueOrDefault(fact, Unrelated);

    private static List<Fact> Reach(List<Fact> from, IReadOnlyList<Fact> facts, HashSet<string> common)
    {
        var names = from.SelectMany(fact => fact.Names).Where(name => !common.Contains(name)).ToHashSet(StringComparer.Ordinal);
        return [.. facts.Where(fact => from.Contains(fact) || fact.Names.Overlaps(names))];
    }
}
