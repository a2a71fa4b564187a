using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>The statements that support an answer, each with its citations.</summary>
internal static class Claims
{
    private const int MaxSupporting = 8;
    private const int MaxEffects = 8;
    private const int MaxOther = 6;
    private const int MaxNormal = 8;
    private const int MaxNormalOfHealthy = 16;

    // Every signal behind a statement is cited, because its figures must be among the cited lines; two places of each are enough.
    private const int CitationsPerSignal = 2;

    public static IReadOnlyList<Proto.Claim> For(Investigation investigation)
    {
        var conclusion = investigation.Conclusion;
        var signals = investigation.Signals;
        var claims = new List<Proto.Claim>();
        var stated = new HashSet<Data.Signal>();

        if (conclusion.Cause is { } cause)
        {
            if (!cause.Mode.IsHealthy || cause.Supporting.Any())
            {
                claims.Add(Statement(AnswerText.Statement(investigation), cause));
            }

            State(cause.Supporting.Select(link => link.Signal), MaxSupporting);
            foreach (var effect in conclusion.Effects)
            {
                claims.Add(Statement($"Consequence: {effect.Statement}", effect));
            }

            State(conclusion.Effects.SelectMany(effect => effect.Supporting).Select(link => link.Signal), MaxEffects);
            foreach (var other in conclusion.Independent)
            {
                claims.Add(Statement($"Independently, {other.Statement}", other));
                State(other.Supporting.Select(link => link.Signal), MaxOther);
            }
        }

        State(conclusion.Decisive.Select(fact => fact.Lead), MaxSupporting);
        claims.AddRange(AnswerText.DecisiveLines(investigation).Select(line => new Proto.Claim
        {
            Text = SignalText.Sentence($"{line.Citation.FileName} has \"{line.Citation.Quote.Trim()}\""),
            Citations = { line.Citation },
        }));
        if (conclusion.Change is { } change)
        {
            State([change.Lead], 1);
        }

        State(signals.Symptoms, MaxOther);
        State(signals.Recovered, MaxOther);
        State(signals.Changes, MaxOther);
        foreach (var dropped in investigation.Hypotheses.Where(hypothesis =>
            !hypothesis.IsLive && !hypothesis.Mode.IsHealthy && hypothesis.Refuting.Any()).Take(MaxOther))
        {
            var against = dropped.Refuting.First().Signal;
            claims.Add(new() { Text = $"Ruled out: {SignalText.Lower(dropped.Mode.Title)}, because {SignalText.Clause(against.Summary)}.",
                Citations = { against.Citations } });
        }

        State(signals.Normal.Where(signal => !Concerns(conclusion, signal)),
            conclusion.Verdict == Proto.Verdict.NoActiveFailure ? MaxNormalOfHealthy : MaxNormal);
        return [.. claims.DistinctBy(claim => claim.Text)];

        void State(IEnumerable<Data.Signal> about, int most) => claims.AddRange(about
            .Where(stated.Add)
            .Take(most)
            .Select(signal => new Proto.Claim { Text = SignalText.Sentence(signal), Citations = { signal.Citations } }));
    }

    // A metric without a known limit counts as normal, except where the cause is that this resource ran out.
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
}
