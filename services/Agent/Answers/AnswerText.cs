using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Facts;
using FaultMaven.Agents.Gate;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>Words the analyst's answer, never more certain than the evidence.</summary>
internal static class AnswerText
{
    /// <summary>What is said where no cause is known.</summary>
    public const string Unknown = "The evidence does not show the cause";

    private const int MaxNamed = 3;
    private const int MaxQuote = 160;

    // A quote such as "}" explains nothing.
    private const int MinQuote = 6;

    // What is written around a quote: quotation marks, a comma, sometimes a time.
    private const int AroundQuote = 8;

    // How many characters the lines that decide may take up together.
    private const int MaxDecisive = 1_200;

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
            sentences.Add(change.Lead.Kind == "change.before_trouble" ? SignalText.Sentence(change.Lead)
                : $"Shortly before: {SignalText.Sentence(change.Lead)}");
        }

        return string.Join(' ', sentences);
    }

    // The conclusion in a few words: the answer and the cause have it in full.
    private static string Title(Investigation investigation) => investigation.Conclusion switch
    {
        { Cause: null } => $"{Unknown}.",
        { Verdict: Proto.Verdict.NoActiveFailure } conclusion => $"No active failure: {SignalText.Lower(conclusion.Cause.Mode.Title)}.",
        { Assurance: Proto.Assurance.Confirmed } conclusion => SignalText.Sentence(conclusion.Cause.Mode.Title),
        { Assurance: Proto.Assurance.Mechanistic } conclusion => $"Probably: {SignalText.Lower(conclusion.Cause.Mode.Title)}.",
        var conclusion => $"Possibly: {SignalText.Lower(conclusion.Cause!.Mode.Title)}.",
    };

    /// <summary>A few sentences for a reader in a hurry.</summary>
    public static string Summary(Investigation investigation, Proto.Answer answer)
    {
        var conclusion = investigation.Conclusion;
        var sentences = new List<string> { Title(investigation) };
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

    /// <summary>The lines that decide: those of the cause, and those that bear most on the question; each once.</summary>
    public static IReadOnlyList<Proto.DecisiveLine> DecisiveLines(Investigation investigation)
    {
        var said = investigation.Conclusion.Cause?.Statement ?? "";
        var room = MaxDecisive;
        var named = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. LinesOfCause(investigation.Conclusion)
                .Concat(investigation.KeyLines.Select(line => new Proto.DecisiveLine { Citation = line.Citation, Time = line.StartTime }))
                .Concat(investigation.Conclusion.Decisive.Skip(1).SelectMany(LinesOf))
                .Where(line => line.Citation.Quote.Trim().Length >= MinQuote)
                .DistinctBy(line => (line.Citation.Evidence, line.Citation.StartLine))
                .DistinctBy(line => line.Citation.Quote)
                .Where(line => !said.Contains(Short(line.Citation.Quote), StringComparison.Ordinal))
                .TakeWhile(line => (room -= Short(line.Citation.Quote).Length
                    + (named.Add(line.Citation.FileName) ? line.Citation.FileName.Length : 0) + AroundQuote) > 0),
        ];
    }

    /// <summary>A summary with the lines that decide, quoted after its first sentence.</summary>
    /// <param name="summary">The summary.</param>
    /// <param name="lines">The lines; may be empty.</param>
    /// <param name="textOf">A line as the evidence has it.</param>
    public static string WithQuotes(string summary, IReadOnlyList<Proto.DecisiveLine> lines, Func<Proto.DecisiveLine, string> textOf)
    {
        if (lines.Count == 0)
        {
            return summary;
        }

        var files = lines.GroupBy(line => line.Citation.FileName).Select(file =>
            $"{file.Key}: {string.Join(", ", file.Select(line => $"{Moment(line, textOf(line))}\"{Short(line.Citation.Quote)}\""))}");
        var sentences = Sentences.Split(summary).ToList();
        sentences.Insert(Math.Min(1, sentences.Count), $"Decisive lines: {string.Join("; ", files)}.");
        return string.Join(' ', sentences);
    }

    private static IEnumerable<Proto.DecisiveLine> LinesOfCause(Conclusion conclusion) => (conclusion.Cause?.Supporting ?? []).Take(1)
        .SelectMany(link => link.Signal.Citations.Take(1))
        .Select(citation => new Proto.DecisiveLine { Citation = citation })
        .Concat(conclusion.Decisive.Take(1).SelectMany(LinesOf));

    private static IEnumerable<Proto.DecisiveLine> LinesOf(Fact fact) => fact.Lead.Citations.Take(1)
        .Select(citation => new Proto.DecisiveLine { Citation = citation });

    // The time of a line, if its quote does not show it, as far as the line does: one that was worked out cannot be looked up there.
    private static string Moment(Proto.DecisiveLine line, string text)
    {
        if (line.Time?.ToDateTimeOffset() is not { } time || line.Citation.Quote.Contains($"{time:HH:mm}", StringComparison.Ordinal)
            || !text.Contains($"{time:HH:mm:ss}", StringComparison.Ordinal))
        {
            return "";
        }

        return text.Contains($"{time:yyyy-MM-dd}", StringComparison.Ordinal) ? $"{time:yyyy-MM-dd HH:mm:ss} " : $"{time:HH:mm:ss} ";
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

        // That a log has no known word for an error does not show that anything works.
        var normal = Named(investigation.Signals.Normal.Where(signal => !signal.IsAbsence()));
        yield return normal.Length > 0 ? $"Nothing is failing now; within normal range: {normal}." : "Nothing is failing now.";
        if (investigation.Signals.Alerts.Any())
        {
            yield return "The alert does not correspond to a current failure.";
        }
    }

    private static string Named(IEnumerable<Data.Signal> signals) =>
        string.Join("; ", signals.Take(MaxNamed).Select(signal => SignalText.Clause(signal.Summary)));

    private static string Short(string quote)
    {
        var line = quote.ReplaceLineEndings(" ").Trim();
        return line.Length <= MaxQuote ? line : $"{line[..MaxQuote].Trim()}…";
    }
}
