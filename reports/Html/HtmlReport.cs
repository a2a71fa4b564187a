using System.Security.Cryptography;
using System.Text;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;
using static FaultMaven.Reports.Html.HtmlText;
using Topic = FaultMaven.Protos.Agent.V1.ReportSection.Types.Topic;

namespace FaultMaven.Reports.Html;

/// <summary>
/// A report as one HTML file that needs nothing else: no script, no font, no request to anywhere. Its policy allows the one style sheet
/// that it has and nothing more, so that even a fault in the encoding of a text could neither run nor load anything.
/// </summary>
internal sealed class HtmlReport
{
    private const int InlineLines = 3;

    private static readonly string s_style = ReadStyle();
    private static readonly string s_policy = $"default-src 'none'; style-src 'sha256-{HashOf(s_style)}'; img-src data:; base-uri 'none'; "
        + "form-action 'none'";

    private readonly StringBuilder _page = new();
    private readonly Report _report;
    private readonly Dictionary<int, List<string>> _citedBy = [];
    private readonly HashSet<int> _quoted = [];
    private int _statements;

    private HtmlReport(Report report) => _report = report;

    public static string Write(Report report)
    {
        var page = new HtmlReport(report);
        page.Page();
        return page._page.ToString();
    }

    private void Page()
    {
        var kind = ReportWords.Title(_report.Kind);
        _page.Append(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8" />
            <meta http-equiv="Content-Security-Policy" content="{s_policy}" />
            <meta name="viewport" content="width=device-width, initial-scale=1" />
            <meta name="referrer" content="no-referrer" />
            <meta name="color-scheme" content="light dark" />
            <meta name="generator" content="FaultMaven" />
            <title>{kind}: {Of(_report.Title)}</title>
            <style>
            """).Append(s_style).Append("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the report</a>\n");
        Head(kind);
        Contents();
        _page.Append("<main id=\"main\">\n");
        foreach (var section in _report.Sections)
        {
            Section(section);
        }

        Record();
        Sources();
        _page.Append("</main>\n");
        Foot();
        _page.Append("</body>\n</html>\n");
    }

    private void Head(string kind)
    {
        var css = (_report.Verdict, _report.Assurance) switch
        {
            (Verdict.NoActiveFailure, _) => "healthy",
            (Verdict.CauseFound, Assurance.Confirmed) => "confirmed",
            (Verdict.CauseFound or Verdict.ProbableCause, _) => "probable",
            _ => "unknown",
        };
        _page.Append($"<header>\n<p class=\"kicker\">{kind} <span>version {_report.Version}</span></p>\n<h1>{Of(_report.Title)}</h1>\n")
            .Append($"<div class=\"verdict {css}\"><p class=\"headline\">")
            .Append(Of(ReportWords.Headline(_report.Verdict, _report.Assurance, _report.Category)))
            .Append($"</p><p class=\"assurance\">{Of(ReportWords.Explain(_report))}</p></div>\n<dl class=\"facts\">\n");
        foreach (var (name, value) in ReportFacts.Of(_report))
        {
            _page.Append($"<div><dt>{name}</dt><dd>{Of(value)}</dd></div>\n");
        }

        _page.Append("</dl>\n</header>\n");
    }

    private void Contents()
    {
        _page.Append("<nav aria-label=\"Contents\"><ul>\n");
        foreach (var section in _report.Sections)
        {
            _page.Append($"<li><a href=\"#{Anchor(section)}\">{Of(section.Title)}</a></li>\n");
        }

        if (_report.Sources.Count > 0)
        {
            _page.Append("<li><a href=\"#sources\">Sources</a></li>\n");
        }

        _page.Append("</ul></nav>\n");
    }

    private void Section(ReportSection section)
    {
        var anchor = Anchor(section);
        _page.Append($"<section class=\"{anchor}\" aria-labelledby=\"{anchor}\">\n<h2 id=\"{anchor}\">{Of(section.Title)}</h2>\n");
        if (section.Topic == Topic.CausalChain && _report.CausalChain.Count > 0)
        {
            Chain();
        }

        // A run book shows them where it says how to see that it is over.
        if (section.Topic == (_report.Kind == Report.Types.Kind.Runbook ? Topic.Verification : Topic.Timeline))
        {
            Charts();
        }

        if (section.Statements.Count > 0)
        {
            var list = section.Topic == Topic.Actions ? "ol" : "ul";
            _page.Append($"<{list} class=\"statements\">\n");
            foreach (var statement in section.Statements)
            {
                Statement(statement, section.Topic);
            }

            _page.Append($"</{list}>\n");
        }

        foreach (var gap in section.Gaps)
        {
            _page.Append($"<div class=\"gap\"><p><strong>Missing:</strong> {Of(gap.Missing)}</p>")
                .Append(gap.How.Length > 0 ? $"<p>{Of(gap.How)}</p>" : "")
                .Append(gap.Command.Length > 0 ? $"<p><code>{Of(gap.Command)}</code></p>" : "").Append("</div>\n");
        }

        _page.Append("</section>\n");
    }

    private void Chain()
    {
        _page.Append("<figure>\n").Append(ChainPicture.Wide(_report)).Append(ChainPicture.Narrow(_report))
            .Append("\n<figcaption>A solid arrow: one is known to lead to the other, and the times agree. A broken arrow: one came ")
            .Append("before the other, or with it. Times are in UTC.</figcaption>\n</figure>\n<ol class=\"statements steps\">\n");
        foreach (var step in _report.CausalChain)
        {
            var time = step.Statement.Time is { } at ? $"{Time(at)} " : "";
            var title = ReportWords.Title(step.Role, _report.Assurance);
            _page.Append($"<li id=\"{Cite(step.Statement)}\"><p><b class=\"{ChainPicture.Css(step.Role)}\">{title}</b> ")
                .Append($"{time}{Of(step.Statement.Text)}{References(step.Statement)}</p></li>\n");
        }

        _page.Append("</ol>\n");
    }

    private void Charts()
    {
        var charts = new ChartPictures(_report);
        if (charts.LogRate() is { Length: > 0 } rate)
        {
            _page.Append($"<figure>\n{rate}\n<figcaption>How many entries the logs of the case have, in UTC.</figcaption>\n</figure>\n");
        }

        _page.Append(_report.Curves.Count > 0 ? "<div class=\"curves\">\n" : "");
        for (var i = 0; i < _report.Curves.Count; i++)
        {
            var statement = _report.Curves[i].Statement;
            _page.Append($"<figure>\n{charts.Curve(_report.Curves[i], i + 1)}\n<figcaption id=\"{Cite(statement)}\">{Of(statement.Text)}")
                .Append($"{References(statement)}</figcaption>\n</figure>\n");
        }

        _page.Append(_report.Curves.Count > 0 ? "</div>\n" : "");
    }

    private void Statement(ReportStatement statement, Topic topic)
    {
        _page.Append($"<li id=\"{Cite(statement)}\"><p>");
        if (topic == Topic.Timeline && statement.Time is { } time)
        {
            _page.Append($"{Time(time)} ");
        }

        _page.Append(Of(statement.Text)).Append(References(statement)).Append("</p>");
        if (statement.Remedy is { } remedy)
        {
            _page.Append(remedy.Command.Length > 0 ? $"<pre><code>{Of(remedy.Command)}</code></pre>" : "")
                .Append($"<p class=\"risk\"><span class=\"{ReportWords.Of(remedy.Risk)}\">Risk: {ReportWords.Of(remedy.Risk)}</span>")
                .Append(remedy.Rollback.Length > 0 ? $" To undo: {Of(remedy.Rollback.TrimEnd('.'))}.</p>" : "</p>");
        }

        if (topic is Topic.Evidence or Topic.Detection)
        {
            Quote(statement);
        }

        _page.Append("</li>\n");
    }

    // The lines themselves, where they are argued with; each once.
    private void Quote(ReportStatement statement)
    {
        if (_report.Sources.FirstOrDefault(source => statement.Sources.Contains(source.Number)) is { Citation: { } citation } cited
            && _quoted.Add(cited.Number))
        {
            _page.Append("<figure class=\"quote\">").Append(Lines(cited, citation, InlineLines))
                .Append($"<figcaption>{Of(citation.FileName)}, {ReportWords.Lines(citation)}</figcaption></figure>");
        }
    }

    private static string Lines(ReportSource source, Citation citation, int most)
    {
        var lines = new StringBuilder($"<ol class=\"lines\" start=\"{citation.StartLine}\">");
        foreach (var line in source.Lines.Take(most))
        {
            lines.Append($"<li><code>{Of(line)}</code></li>");
        }

        return lines.Append("</ol>").ToString();
    }

    private void Record()
    {
        if (_report.Record.Count == 0)
        {
            return;
        }

        _page.Append("<section class=\"record\" aria-labelledby=\"record\">\n<h2 id=\"record\">Record of the case</h2>\n<ul>\n");
        foreach (var entry in _report.Record)
        {
            _page.Append($"<li>{Time(entry.Time)} {Of(entry.Text)} ")
                .Append($"<span class=\"by\">{Of(ReportWords.Actor(entry.Actor))}</span></li>\n");
        }

        _page.Append("</ul>\n</section>\n");
    }

    private void Sources()
    {
        if (_report.Sources.Count == 0)
        {
            return;
        }

        _page.Append("<section class=\"sources\" aria-labelledby=\"sources\">\n<h2 id=\"sources\">Sources</h2>\n<p class=\"note\">")
            .Append("Every statement above names the lines of evidence that it rests on, or who said it. ")
            .Append("Values that were redacted are placeholders.</p>\n");
        foreach (var source in _report.Sources)
        {
            _page.Append($"<article id=\"s{source.Number}\" aria-labelledby=\"s{source.Number}-title\">");
            if (source.Citation is { } citation)
            {
                _page.Append($"<h3 id=\"s{source.Number}-title\"><span class=\"number\">{source.Number}</span> {Of(citation.FileName)} ")
                    .Append($"<small>{ReportWords.Lines(citation)}</small></h3>{Lines(source, citation, int.MaxValue)}")
                    .Append($"<p class=\"reference\">{Of(ReportWords.Reference(citation))}{Back(source)}</p>");
            }
            else if (source.Saying is { } saying)
            {
                var name = saying.Message.Length > 0 ? saying.Message : $"event {saying.CaseVersion} of the case";
                _page.Append($"<h3 id=\"s{source.Number}-title\"><span class=\"number\">{source.Number}</span> Said by ")
                    .Append($"{Of(ReportWords.Actor(saying.Actor))} <small>{ReportWords.Of(saying.Time)}</small></h3>")
                    .Append($"<blockquote>{Of(saying.Text)}</blockquote><p class=\"reference\">{Of(name)}{Back(source)}</p>");
            }

            _page.Append("</article>\n");
        }

        _page.Append("</section>\n");
    }

    private void Foot()
    {
        var turn = _report.Turn.Length > 0 ? $" and the answer of {Of(_report.Turn)}" : "";
        _page.Append($"<footer><p>{Of(_report.Name)}, version {_report.Version}, made {ReportWords.Of(_report.CreateTime)} for ")
            .Append($"{Of(ReportWords.Actor(_report.Actor))} from the first {_report.CaseVersion} events of the case{turn}.</p>")
            .Append("<p>Made by FaultMaven.</p></footer>\n");
    }

    // Gives a statement an anchor that its sources link back to.
    private string Cite(ReportStatement statement)
    {
        var anchor = $"t{++_statements}";
        foreach (var number in statement.Sources)
        {
            if (!_citedBy.TryGetValue(number, out var anchors))
            {
                _citedBy[number] = anchors = [];
            }

            anchors.Add(anchor);
        }

        return anchor;
    }

    private static string References(ReportStatement statement) => statement.Sources.Count == 0 ? ""
        : $" <span class=\"refs\">{string.Join(' ', statement.Sources.Select(number =>
            $"<a href=\"#s{number}\" aria-label=\"Source {number}\">{number}</a>"))}</span>";

    private string Back(ReportSource source) => !_citedBy.TryGetValue(source.Number, out var anchors) ? ""
        : $" <span class=\"back\">cited {string.Join(' ', anchors.Select((anchor, i) =>
            $"<a href=\"#{anchor}\" aria-label=\"Back to statement {i + 1} that cites source {source.Number}\">↑{i + 1}</a>"))}</span>";

    private static string Time(Timestamp time) => $"<time datetime=\"{time.ToDateTimeOffset():O}\">{ReportWords.Of(time)}</time>";

    private static string Anchor(ReportSection section) => ReportWords.Of(section.Topic).Replace(' ', '-');

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string ReadStyle()
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // The policy names the hash of exactly this text, and the page has line feeds.
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
