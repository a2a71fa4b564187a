namespace FaultMaven.Agents.Memory;

/// <summary>
/// The part of a memory that a model gets, within a budget of tokens: the last turns as they were, then what bears on the question, then
/// what earlier turns concluded. What one tier leaves goes to the next.
/// </summary>
/// <param name="Turns">The last turns, oldest first.</param>
/// <param name="Facts">The facts that bear most on the question, then the latest; in the order of time.</param>
/// <param name="Conclusions">What turns concluded, oldest first.</param>
/// <param name="Tokens">How many tokens they take, by <see cref="TokenCount"/>.</param>
internal sealed record MemoryWindow(
    IReadOnlyList<Proto.Turn> Turns,
    IReadOnlyList<Proto.RememberedFact> Facts,
    IReadOnlyList<Proto.RememberedConclusion> Conclusions,
    int Tokens)
{
    private const double ForTurns = 0.4;
    private const double ForFacts = 0.8;

    /// <summary>Chooses what fits.</summary>
    /// <param name="facts">What is remembered, oldest first, without what the turn itself says.</param>
    /// <param name="concluded">What turns concluded, oldest first.</param>
    /// <param name="earlier">The turns before, oldest first.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="budget">How many tokens there are for all of it.</param>
    public static MemoryWindow Choose(
        IReadOnlyList<Proto.RememberedFact> facts, IReadOnlyList<Proto.RememberedConclusion> concluded,
        IReadOnlyList<Proto.Turn> earlier, string question, int budget)
    {
        var used = 0;
        var turns = Fill(earlier.Reverse(), TextOf, (int)(budget * ForTurns), ref used);

        // A turn that is there as it was needs no facts of its own.
        var shown = turns.Select(turn => turn.Name).ToHashSet(StringComparer.Ordinal);
        var others = facts.Where(fact => !shown.Contains(fact.Turn)).ToList();
        var near = MemoryRecall.Find(others, question).Select(entry => entry.Fact).ToList();
        var latest = others.AsEnumerable().Reverse().Except(near);
        var chosen = Fill(near.Concat(latest), TextOf, (int)(budget * ForFacts), ref used).ToHashSet();
        var conclusions = Fill(concluded.Reverse(), TextOf, budget, ref used);
        turns.Reverse();
        conclusions.Reverse();
        return new(turns, [.. others.Where(chosen.Contains)], conclusions, used);
    }

    /// <summary>A turn as a model reads it.</summary>
    public static string TextOf(Proto.Turn turn) => $"Asked: {turn.Question}\nAnswered: {turn.Answer?.Summary}";

    /// <summary>A fact as a model reads it.</summary>
    public static string TextOf(Proto.RememberedFact fact) => fact.Text;

    /// <summary>A conclusion as a model reads it.</summary>
    public static string TextOf(Proto.RememberedConclusion conclusion) => conclusion.RootCause;

    private static List<T> Fill<T>(IEnumerable<T> items, Func<T, string> textOf, int end, ref int used)
    {
        // What stands around each item in the prompt.
        const int around = 12;
        var taken = new List<T>();
        foreach (var item in items)
        {
            var tokens = TokenCount.Of(textOf(item)) + around;
            if (used + tokens > end)
            {
                break;
            }

            used += tokens;
            taken.Add(item);
        }

        return taken;
    }
}
