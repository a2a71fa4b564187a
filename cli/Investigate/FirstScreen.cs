using System.Text.RegularExpressions;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Reports;
using static FaultMaven.Cli.Terminal.ScreenPage;

namespace FaultMaven.Cli.Investigate;

/// <summary>What a person reads first: the answer, the lines that decide, and what to do. Each fact once, on one screen.</summary>
internal sealed partial class FirstScreen(TextColumn page, NextCommand next)
{
    private const int Height = 35;
    private const int MaxCause = 480;
    private const int MaxDirect = 300;
    private const int MaxQuote = 170;
    private const int MaxText = 150;
    private const int MaxCompared = 90;
    private const int MaxLines = 5;
    private const int MaxSupporting = 4;
    private const int MaxThings = 6;
    private const int MaxSteps = 3;
    private const int MaxNamed = 4;

    // A quote such as `{` or `"state": {` explains nothing.
    private const int MinQuote = 12;

    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    /// <summary>Writes the page. What is left out is on the pages that <c>--all</c> prints.</summary>
    public void Write(Investigation investigation)
    {
        var answer = investigation.Answer;
        var screen = new ScreenPage(page, Height);
        screen.Add("", least: 9, Conclusion(answer));
        screen.Add("Since the last answer", least: 1, Change(answer));
        screen.Add("Earlier in this case", least: 1, Remembered(answer));
        screen.Add("Warning: possible prompt injection in the evidence", least: 1, Warnings(investigation.Evidence, answer));
        screen.Add("The lines that decide", least: 2, DecisiveLines(answer));
        screen.Add("What happened (UTC)", least: 1, Timeline(answer));
        screen.Add("Not the cause", least: 0, RuledOut(answer));
        screen.Add("What to do", least: 1, Steps(answer));
        screen.Add("What to collect next", least: 1, Requests(answer));
        screen.Add("From the knowledge base", least: 1, References(answer));
        screen.Add("", least: 9, Affected(answer));
        screen.Add("", least: 9, Case(investigation));
        screen.Write();
    }

    /// <summary>The verdict in a few words.</summary>
    public static (string Text, string Style) Title(Answer answer) => (
        ReportWords.Headline(answer.Verdict, answer.Assurance, answer.Category),
        answer.Verdict switch
        {
            Verdict.CauseFound when answer.Assurance == Assurance.Confirmed => "bold red",
            Verdict.NoActiveFailure => "bold green",
            _ => "bold yellow",
        });

    private IEnumerable<Item> Conclusion(Answer answer)
    {
        var (title, style) = Title(answer);
        yield return new(new Line("", title, style));

        var cause = answer.RootCause;
        var direct = answer.Answer_;
        if (direct.Length > 0 && !cause.StartsWith(direct, StringComparison.Ordinal))
        {
            yield return new(new Line("", Shortened(direct, MaxDirect)));
            Show(direct);
            cause = Rest(cause, direct);
        }

        if (cause.Length > 0)
        {
            yield return new(new Line("", Shortened(cause, MaxCause)));
            Show(cause);
        }
    }

    // The answer may end with the first sentences of the cause.
    private static string Rest(string cause, string said)
    {
        for (var end = cause.Length; end > 0; end = cause.LastIndexOf(". ", end - 1, StringComparison.Ordinal) + 1)
        {
            if (said.Contains(cause[..end], StringComparison.Ordinal))
            {
                return cause[end..].Trim();
            }
        }

        return cause;
    }

    private static IEnumerable<Item> Change(Answer answer) => answer.SinceLastAnswer is { } change
        ? [new(new Line("  ", Shortened(change.Summary, MaxCause)))]
        : [];

    // What was written to mislead a model may mislead people too.
    private static IEnumerable<Item> Warnings(IReadOnlyList<Evidence> evidence, Answer answer) =>
    [
        .. evidence.SelectMany(file => file.FlaggedPassages, (file, passage) => new Item(
            new Line("  • ", passage.InFileName ? $"File name: {file.FileName} ({Words(passage.Kind)}; withheld from models)"
                : $"({Place(passage.Citation)}) ({Words(passage.Kind)}; withheld from models) "
                    + Shortened(passage.Citation.Quote.Trim(), MaxText), "yellow"))),
        .. answer.References.Where(reference => reference.Flagged).Select(document => new Item(
            new Line("  • ", $"{document.Path}:{document.StartLine}-{document.EndLine} in the knowledge base", "yellow"))),
    ];

    private List<Item> DecisiveLines(Answer answer)
    {
        var silent = answer.FilesWithoutFindings.Select(file => file.Evidence).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. answer.DecisiveLines
                .Where(line => line.Citation.Quote.Trim().Length >= MinQuote && !silent.Contains(line.Citation.Evidence))
                .Where(line => Show(line.Citation.Quote))
                .Take(MaxLines)
                .Select(line => new Item(new Line(
                    "  • ", $"{Place(line.Citation)}  {Time(line)}{Shortened(line.Citation.Quote.Trim(), MaxQuote)}"))),
        ];
    }

    // The time, unless the line itself shows it.
    private static string Time(DecisiveLine line) => line.Time?.ToDateTimeOffset() is { } time
        && !line.Citation.Quote.Contains($"{time:HH:mm:ss}", StringComparison.Ordinal) ? $"{time:HH:mm:ss}  " : "";

    private List<Item> Timeline(Answer answer)
    {
        // The claims begin with those that support the cause; then what is nearest in time to what decides.
        var supporting = answer.Claims.Take(MaxSupporting).SelectMany(claim => claim.Citations).Select(Key)
            .ToHashSet(StringComparer.Ordinal);
        var timed = answer.Timeline.Where(entry => entry.Time is not null).ToList();
        var anchor = answer.DecisiveLines.Select(line => line.Time).FirstOrDefault(time => time is not null)
            ?? timed.Find(Supports)?.Time ?? timed.FirstOrDefault()?.Time;
        var entries = timed
            .Where(entry => !entry.Citations.Any(citation => IsShown(citation.Quote)))
            .OrderByDescending(Supports)
            .ThenBy(entry => (entry.Time - anchor!).ToTimeSpan().Duration())
            .Where(entry => Show(entry.Text))
            .Take(MaxLines)
            .OrderBy(entry => entry.Time.ToDateTimeOffset())
            .ToList();
        var isOneDay = entries.Select(entry => entry.Time.ToDateTimeOffset().Date).Distinct().Count() == 1;

        return
        [
            .. entries.Select((entry, i) => new Item(new Line(
                $"  {entry.Time.ToDateTimeOffset().ToString(isOneDay && i > 0 ? "           HH:mm:ss" : "yyyy-MM-dd HH:mm:ss")}  ",
                $"{Shortened(entry.Text, MaxText)} {EvidencePlaces.Of(entry.Citations.Take(1))}".TrimEnd(),
                LeadStyle: "dim"))),
        ];

        bool Supports(TimelineEntry entry) => entry.Citations.Any(citation => supporting.Contains(Key(citation)));
    }

    private static IEnumerable<Item> RuledOut(Answer answer) => answer.Hypotheses
        .Where(hypothesis => hypothesis.Reason.Length > 0 && hypothesis.State == Hypothesis.Types.State.Refuted)
        .Take(2)
        .Select(hypothesis => new Item(new Line("  • ", Shortened($"{hypothesis.Statement} {hypothesis.Reason}", MaxText + MaxText))));

    private static IEnumerable<Item> Steps(Answer answer) => answer.Remedies.Take(MaxSteps).Select((remedy, i) => new Item(
    [
        new Line($"  {i + 1}. ", $"{remedy.Action} (risk: {Words(remedy.Risk)}{Undo(remedy)})"),
        .. Command(remedy.Command),
    ]));

    private static string Undo(Remedy remedy) =>
        remedy.Rollback.Length > 0 ? $"; to undo: {char.ToLowerInvariant(remedy.Rollback[0])}{remedy.Rollback[1..].TrimEnd('.')}" : "";

    private static IEnumerable<Item> Requests(Answer answer) => answer.DataRequests.Take(MaxSteps).Select(request => new Item(
    [
        new Line("  • ", request.Why.Length > 0 ? $"{request.What.TrimEnd('.')}. {request.Why}" : request.What),
        .. Command(request.Command),
    ]));

    private static IEnumerable<Line> Command(string command) => command.Length > 0 ? [new Line("     $ ", command, "cyan", "dim")] : [];

    // What the answer begins with is not repeated.
    private static IEnumerable<Item> Remembered(Answer answer) => answer.Remembered
        .Where(fact => !answer.Answer_.Contains(fact.Text, StringComparison.Ordinal))
        .Select(fact => new Item(new Line("  • ", Shortened(RememberedText.Of(fact), MaxText))));

    private static IEnumerable<Item> References(Answer answer) => answer.References.Where(reference => !reference.Flagged).Take(2)
        .Select(reference => new Item(
            new Line("  • ", $"{reference.Title} ({reference.Path}:{reference.StartLine}-{reference.EndLine})")));

    private static IEnumerable<Item> Affected(Answer answer)
    {
        if (answer.Affected.Count > 0)
        {
            var more = answer.Affected.Count > MaxThings ? $" and {answer.Affected.Count - MaxThings} more" : "";
            yield return new(new Line("Affected: ", $"{string.Join(", ", answer.Affected.Take(MaxThings))}{more}"));
        }

        if (answer.FilesWithoutFindingsCount > 0)
        {
            var named = answer.FilesWithoutFindings.Take(MaxNamed).Select(file => file.FileName).ToList();
            var more = answer.FilesWithoutFindingsCount > named.Count ? $" and {answer.FilesWithoutFindingsCount - named.Count} more" : "";
            yield return new(new Line("", $"Nothing was found in {string.Join(", ", named)}{more}.", "dim"));
        }
    }

    private IEnumerable<Item> Case(Investigation investigation)
    {
        var files = Counted.Of(investigation.Evidence.Count, "evidence file");
        yield return new(new Line("Case: ", $"{investigation.Case} ({files})", LeadStyle: "dim"));
        yield return new(new Line("To ask more: ", next.Ask(investigation.Case), LeadStyle: "dim"));
        yield return new(new Line("All details: ", next.ShowAll(investigation.Case), LeadStyle: "dim"));
    }

    /// <summary>Remembers a text as shown; false if it was shown before, in other words or with other figures.</summary>
    private bool Show(string text)
    {
        if (IsShown(text))
        {
            return false;
        }

        _shown.Add(Shape(text));
        return true;
    }

    private bool IsShown(string text)
    {
        var shape = Shape(text);
        var begin = shape.Length <= MaxCompared ? shape : shape[..MaxCompared];
        return begin.Length < MinQuote ? _shown.Contains(begin) : _shown.Any(known => known.Contains(begin, StringComparison.Ordinal)
            || (known.Length >= MinQuote && shape.Contains(known, StringComparison.Ordinal)));
    }

    // Lines that differ in figures, ids and addresses alone say the same.
    private static string Shape(string text) => Varying().Replace(text.Trim().TrimEnd('…', '.'), "#");

    private static string Key(Citation citation) => $"{citation.Evidence}#{citation.StartLine}";

    private static string Place(Citation citation) => EvidencePlaces.Of([citation]).Trim('(', ')');

    private static string Words<T>(T value)
        where T : struct, Enum => JsonOutput.Name(value).Replace('_', ' ');

    private static string Shortened(string text, int length) => text.Length > length ? $"{text[..length].TrimEnd()}…" : text;

    [GeneratedRegex(@"<[A-Z_]+_\d+>|\b[0-9a-f]{8,}\b|\d+(?:[.,:]\d+)*|\s+|""")]
    private static partial Regex Varying();
}
