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

    // Every signal behind a statement is cited, or its figures would have nothing to rest on; two places of each suffice.
    private const int CitationsPerSignal = 2;

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
        foreach (var dropped in investigation.Hypotheses.Where(hypothesis => !hypothesis.IsLive && !hypothesis.Mode.IsHealthy && hypothesis.Refuting.Any()).Take(MaxOther))
        {
            var against = dropped.Refuting.First().Signal;
            claims.Add(new() { Text = $"Ruled out: {Lower(dropped.Mode.Title)}, because {SignalText.Clause(against.Summary)}.", Citations = { against.Citations } });
        }

        Tell(signals.Normal.Where(signal => !Concerns(conclusion, signal)), conclusion.Verdict == Proto.Verdict.NoActiveFailure ? MaxNormalOfHealthy : MaxNormal);
        return [.. claims.DistinctBy(claim => claim.Text)];

        void Tell(IEnumerable<Data.Signal> about, int most) => claims.AddRange(about
            .Where(told.Add)
            .Take(most)
            .Select(signal => new Proto.Claim { Text = SignalText.Sentence(signal), Citations = { signal.Citations } }));
    }

    // A metric without a known limit passes for normal; not where the cause is that this very resource ran out.
    private static bool Concerns(Conclusion conclusion, Data.Signal normal) =>
        conclusion is { Cause.Mode.IsHealthy: false }
        && normal.Attributes.TryGetValue("resource", out var resource)
        && conclusion.Effects.Concat(conclusion.Independent).Append(conclusion.Cause)
            .SelectMany(hypothesis => hypothesis.Mode.Required)
            .SelectMany(group => group)
            .SelectMany(pattern => pattern.Where)
            .Any(condition => condition is { Name: "resource", Negated: false } && condition.Alternatives.Contains(resource));

    private static Proto.Claim Statement(string text, Hypothesis hypothesis) => new()
    {
        Text = SignalText.Sentence(text),
        Citations = { hypothesis.Supporting.SelectMany(link => link.Signal.Citations.Take(CitationsPerSignal)).Distinct() },
    };

    private static string Lower(string title) =>
        title.Length > 1 && char.IsUpper(title[1]) ? title : $"{char.ToLowerInvariant(title[0])}{title[1..]}";
}
