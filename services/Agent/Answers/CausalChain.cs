using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Hypotheses;
using FaultMaven.Agents.Signals;
using Role = FaultMaven.Protos.Agent.V1.CausalStep.Types.Role;

namespace FaultMaven.Agents.Answers;

/// <summary>How the trouble came about: a change before, the cause, what it led to, what was noticed. Each step is cited.</summary>
internal static class CausalChain
{
    private const int MaxEffects = 4;
    private const int MaxIndependent = 2;
    private const int MaxSymptoms = 3;
    private const int MaxAlerts = 1;
    private const int CitationsPerSignal = 2;
    private const int MaxCitations = 8;

    public static IEnumerable<Proto.CausalStep> Of(Investigation investigation)
    {
        if (investigation.Conclusion is not { Cause: { Mode.IsHealthy: false } cause } conclusion || !cause.Supporting.Any())
        {
            yield break;
        }

        if (conclusion.Change is { } change)
        {
            yield return Step(Role.Change, change.Lead);
        }

        yield return Step(Role.Cause, AnswerText.Statement(investigation), cause);
        foreach (var effect in conclusion.Effects.Where(effect => effect.Supporting.Any())
            .OrderBy(effect => effect.Lead.StartTime?.ToDateTimeOffset() ?? DateTimeOffset.MaxValue).Take(MaxEffects))
        {
            yield return Step(Role.Effect, effect.Statement, effect);
        }

        // What supports the cause or an effect is stated there. An alert is what was noticed first.
        var stated = conclusion.Effects.Append(cause).Select(hypothesis => hypothesis.Lead).ToHashSet();
        foreach (var symptom in investigation.Signals.Alerts.Take(MaxAlerts).Concat(investigation.Signals.Symptoms)
            .Where(signal => stated.Add(signal) && signal != conclusion.Change?.Lead)
            .Take(MaxSymptoms))
        {
            yield return Step(Role.Symptom, symptom);
        }

        foreach (var other in conclusion.Independent.Where(other => other.Supporting.Any()).Take(MaxIndependent))
        {
            yield return Step(Role.IndependentCause, $"Independently, {other.Statement}", other);
        }
    }

    private static Proto.CausalStep Step(Role role, Data.Signal signal) => new()
    {
        Role = role,
        Text = SignalText.Sentence(signal),
        Time = signal.StartTime,
        Citations = { signal.Citations.Take(MaxCitations) },
    };

    private static Proto.CausalStep Step(Role role, string text, Hypothesis hypothesis) => new()
    {
        Role = role,
        Text = SignalText.Sentence(text),
        // Its other signals may be of other things, and older.
        Time = hypothesis.Lead.StartTime,
        Citations =
        {
            hypothesis.Supporting.SelectMany(link => link.Signal.Citations.Take(CitationsPerSignal)).Distinct().Take(MaxCitations),
        },
    };
}
