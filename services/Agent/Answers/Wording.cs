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
        sentences.AddRange(conclusion.Past.Take(1).Select(past => $"What was seen then: {past.Statement}."));
        if (conclusion.Effects.Count > 0)
        {
            sentences.Add($"It brought about: {string.Join("; ", conclusion.Effects.Take(MaxNamed).Select(effect => effect.Statement))}.");
        }

        if (conclusion.Independent.Count > 0)
        {
            sentences.Add("More than one cause is at work at the same time.");
        }

        sentences.AddRange(conclusion.Independent.Take(MaxNamed - 1).Select(other => $"Independently of that, {other.Statement}."));
        if (conclusion.Cause is { Mode.Lasting: true } && !investigation.Signals.Symptoms.Any() && investigation.Signals.Recovered.Any())
        {
            sentences.Add("It is over: the system has recovered.");
        }

        return string.Join(' ', sentences);
    }

    /// <summary>A few sentences for somebody in a hurry.</summary>
    public static string Summary(Investigation investigation, Proto.Answer answer)
    {
        var conclusion = investigation.Conclusion;
        var sentences = new List<string> { answer.RootCause };
        switch (conclusion.Verdict)
        {
            case Proto.Verdict.NotEnoughEvidence:
                var seen = Named(investigation.Signals.Symptoms);
                sentences.Add(seen.Length == 0 ? "No symptom was found in it." : $"Seen was: {seen}.");
                sentences.AddRange(answer.DataRequests.Take(1).Select(request => $"Fetch next: {Lower(request.What)}. {request.Why}"));
                break;
            case Proto.Verdict.NoActiveFailure:
                sentences.AddRange(Healthy(investigation));
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
        var recovered = Named(investigation.Signals.Recovered);
        if (recovered.Length > 0)
        {
            yield return $"It has recovered: {recovered}.";
        }

        var normal = Named(investigation.Signals.Normal);
        yield return normal.Length > 0 ? $"No failure is left, and what was looked at is within normal bounds: {normal}." : "No failure is left.";
        if (investigation.Signals.Alerts.Any())
        {
            yield return "The alert tells of no failure that still holds.";
        }
    }

    private static string Named(IEnumerable<Data.Signal> signals) => string.Join("; ", signals.Take(MaxNamed).Select(signal => SignalText.Clause(signal.Summary)));

    private static string Lower(string text) => text.Length == 0 ? text : $"{char.ToLowerInvariant(text[0])}{text[1..]}";
}
