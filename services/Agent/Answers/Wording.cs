using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>Says things as surely as the evidence carries them, and no surer.</summary>
internal static class Wording
{
    private const int MaxNamed = 3;

    /// <summary>The statement of the cause, worded by its assurance.</summary>
    public static string Statement(Investigation investigation)
    {
        var conclusion = investigation.Conclusion;
        return conclusion switch
        {
            { Cause: null } => "The evidence does not tell the cause",
            { Verdict: Proto.Verdict.NoActiveFailure } => $"No active failure: {conclusion.Cause.Statement}",
            { Assurance: Proto.Assurance.Confirmed } => $"The root cause is that {conclusion.Cause.Statement}",
            { Assurance: Proto.Assurance.Mechanistic } => $"The root cause is probably that {conclusion.Cause.Statement}",
            _ => $"The root cause may be that {conclusion.Cause.Statement}",
        };
    }

    public static string RootCause(Investigation investigation)
    {
        var conclusion = investigation.Conclusion;
        var sentences = new List<string> { SignalText.Sentence(Statement(investigation)) };
        if (conclusion.Verdict == Proto.Verdict.NoActiveFailure)
        {
            sentences.AddRange(Healthy(investigation));
        }

        if (conclusion.Effects.Count > 0)
        {
            sentences.Add($"It brought about: {string.Join("; ", conclusion.Effects.Take(MaxNamed).Select(effect => effect.Statement))}.");
        }

        sentences.AddRange(conclusion.Independent.Take(MaxNamed - 1).Select(other => $"Independently of that, {other.Statement}."));
        return string.Join(' ', sentences);
    }

    /// <summary>Two to four sentences for somebody in a hurry.</summary>
    public static string Summary(Investigation investigation, Proto.Answer answer)
    {
        var conclusion = investigation.Conclusion;
        var sentences = new List<string> { answer.RootCause };
        switch (conclusion.Verdict)
        {
            case Proto.Verdict.NotEnoughEvidence:
                var seen = investigation.Signals.Symptoms.Take(MaxNamed).Select(symptom => SignalText.Clause(symptom.Summary)).ToList();
                sentences.Add(seen.Count == 0 ? "No symptom was found in it." : $"Seen was: {string.Join("; ", seen)}.");
                sentences.AddRange(answer.DataRequests.Take(1).Select(request => $"Fetch next: {Lower(request.What)}. {request.Why}"));
                break;
            case Proto.Verdict.NoActiveFailure:
                sentences.Add("Nothing needs to be done now.");
                break;
            default:
                if (answer.Affected.Count > 0)
                {
                    sentences.Add($"Affected: {string.Join(", ", answer.Affected.Take(MaxNamed))}.");
                }

                sentences.AddRange(answer.Remedies.Take(1).Select(remedy => $"Do first: {Lower(SignalText.Clause(remedy.Action))}."));
                break;
        }

        return string.Join(' ', sentences);
    }

    private static IEnumerable<string> Healthy(Investigation investigation)
    {
        var conclusion = investigation.Conclusion;
        foreach (var past in conclusion.Past.Take(1))
        {
            yield return $"What had happened: {past.Statement}.";
        }

        var recovered = investigation.Signals.Recovered.Take(MaxNamed).Select(signal => SignalText.Clause(signal.Summary)).ToList();
        if (recovered.Count > 0)
        {
            yield return $"It has recovered: {string.Join("; ", recovered)}.";
        }

        var normal = investigation.Signals.Normal.Take(MaxNamed).Select(signal => SignalText.Clause(signal.Summary)).ToList();
        if (normal.Count > 0)
        {
            yield return $"No failure is left, all that was looked at is within normal bounds: {string.Join("; ", normal)}.";
        }

        if (investigation.Signals.Alerts.Any())
        {
            yield return "The alert tells of no failure that still holds.";
        }
    }

    private static string Lower(string text) => text.Length == 0 ? text : $"{char.ToLowerInvariant(text[0])}{text[1..]}";
}
