using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>The statements that an answer rests on, each with what carries it.</summary>
internal static class Claims
{
    private const int MaxSupporting = 8;
    private const int MaxEffects = 8;
    private const int MaxOther = 6;
    private const int MaxNormal = 8;
    private const int MaxNormalOfHealthy = 16;
    private const int MaxCitations = 6;

    public static IReadOnlyList<Proto.Claim> For(Investigation investigation)
    {
        var conclusion = investigation.Conclusion;
        var signals = investigation.Signals;
        var claims = new List<Proto.Claim>();
        var told = new HashSet<Data.Signal>();

        if (conclusion.Cause is { } cause)
        {
            if (!cause.Mode.IsHealthy || cause.Supporting.Any())
            {
                claims.Add(Statement(Wording.Statement(investigation), cause));
            }

            Tell(cause.Supporting.Select(link => link.Signal), MaxSupporting);
            foreach (var effect in conclusion.Effects)
            {
                claims.Add(Statement($"Consequence: {effect.Statement}", effect));
            }

            Tell(conclusion.Effects.SelectMany(effect => effect.Supporting).Select(link => link.Signal), MaxEffects);
            foreach (var other in conclusion.Independent)
            {
                claims.Add(Statement($"Independently of that: {other.Statement}", other));
                Tell(other.Supporting.Select(link => link.Signal), MaxOther);
            }
        }

        Tell(signals.Symptoms, MaxOther);
        Tell(signals.Recovered, MaxOther);
        Tell(signals.Changes, MaxOther);
        foreach (var dropped in investigation.Hypotheses.Where(hypothesis => !hypothesis.IsLive && hypothesis.Refuting.Any()).Take(MaxOther))
        {
            var against = dropped.Refuting.First().Signal;
            claims.Add(new() { Text = $"Ruled out: {Lower(dropped.Mode.Title)}, because {SignalText.Clause(against.Summary)}.", Citations = { against.Citations } });
        }

        Tell(signals.Normal, conclusion.Verdict == Proto.Verdict.NoActiveFailure ? MaxNormalOfHealthy : MaxNormal);
        return [.. claims.DistinctBy(claim => claim.Text)];

        void Tell(IEnumerable<Data.Signal> about, int most) => claims.AddRange(about
            .Where(told.Add)
            .Take(most)
            .Select(signal => new Proto.Claim { Text = SignalText.Sentence(signal), Citations = { signal.Citations } }));
    }

    private static Proto.Claim Statement(string text, Hypothesis hypothesis) => new()
    {
        Text = SignalText.Sentence(text),
        Citations = { hypothesis.Supporting.SelectMany(link => link.Signal.Citations).Distinct().Take(MaxCitations) },
    };

    private static string Lower(string title) =>
        title.Length > 1 && char.IsUpper(title[1]) ? title : $"{char.ToLowerInvariant(title[0])}{title[1..]}";
}
