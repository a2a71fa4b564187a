using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>Words the analyst's answer, never more certain than the evidence.</summary>
internal static class AnswerText
{
    /// <summary>What is said where no cause is known.</summary>
    public const string Unknown = "The evidence does not show the cause";

    private const int MaxNamed = 3;
    private const int MaxQuote = 160;

    /// <summary>The statement of the cause, worded by its assurance.</summary>
    public static string Statement(Investigation investigation)
    {
        var conclusion = investigation.Conclusion;
        return conclusion switch
        {
            { Cause: null } => Unknown,
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
        sentences.AddRange(conclusion.Past.Take(1).Select(past => $"Earlier: {past.Statement}."));
        if (conclusion.Effects.Count > 0)
        {
            sentences.Add($"It led to: {string.Join("; ", conclusion.Effects.Take(MaxNamed).Select(effect => effect.Statement))}.");
        }

        if (conclusion.Independent.Count > 0)
        {
            sentences.Add("There is more than one independent cause.");
        }

        sentences.AddRange(conclusion.Independent.Take(MaxNamed - 1).Select(other => $"Independently, {other.Statement}."));
        if (conclusion.Cause is { Mode.Lasting: true } && !investigation.Signals.Symptoms.Any() && investigation.Signals.Recovered.Any())
        {
            sentences.Add("It is over: the system has recovered.");
        }

        if (conclusion.Change is { } change)
        {
            sentences.Add($"Shortly before: {SignalText.Sentence(change.Lead)}");
        }

        var lines = conclusion.Decisive.Skip(conclusion.Cause is { Said.Length: > 0 } ? 1 : 0).Take(MaxNamed)
            .Select(fact => $"\"{Short(fact.Quote)}\"").ToList();
        if (lines.Count > 0)
        {
            sentences.Add($"Also seen: {string.Join("; ", lines)}.");
        }

        return string.Join(' ', sentences);
    }

    /// <summary>A few sentences for a reader in a hurry.</summary>
    public static string Summary(Investigation investigation, Proto.Answer answer)
    {
        var conclusion = investigation.Conclusion;
        var sentences = new List<string> { answer.RootCause };
        switch (conclusion.Verdict)
        {
            case Proto.Verdict.NotEnoughEvidence:
                var seen = Named(investigation.Signals.Symptoms);
                sentences.Add(seen.Length == 0 ? "No symptoms were found." : $"Observed: {seen}.");
                sentences.AddRange(answer.DataRequests.Take(1).SelectMany(request => new[] { NextRequest(request), request.Why }));
                break;
            case Proto.Verdict.NoActiveFailure:
                sentences.AddRange(Healthy(investigation));
                break;
            default:
                if (answer.Affected.Count > 0)
                {
                    sentences.Add($"Affected: {string.Join(", ", answer.Affected.Take(MaxNamed))}.");
                }

                sentences.AddRange(answer.Remedies.Take(1).Select(FirstStep));
                break;
        }

        return string.Join(' ', sentences);
    }

    /// <summary>The sentence of a summary that names what to do first.</summary>
    public static string FirstStep(Proto.Remedy remedy) => $"First step: {SignalText.Lower(SignalText.Clause(remedy.Action))}.";

    /// <summary>The sentence of a summary that names what to collect next.</summary>
    public static string NextRequest(Proto.DataRequest request) => $"Collect next: {SignalText.Lower(SignalText.Clause(request.What))}.";

    private static IEnumerable<string> Healthy(Investigation investigation)
    {
        var recovered = Named(investigation.Signals.Recovered);
        if (recovered.Length > 0)
        {
            yield return $"Recovered: {recovered}.";
        }

        var normal = Named(investigation.Signals.Normal);
        yield return normal.Length > 0 ? $"Nothing is failing now; within normal range: {normal}." : "Nothing is failing now.";
        if (investigation.Signals.Alerts.Any())
        {
            yield return "The alert does not correspond to a current failure.";
        }
    }

    private static string Named(IEnumerable<Data.Signal> signals) =>
        string.Join("; ", signals.Take(MaxNamed).Select(signal => SignalText.Clause(signal.Summary)));

    private static string Short(string quote) => quote.Length <= MaxQuote ? quote.Trim() : $"{quote[..MaxQuote].Trim()}…";
}
