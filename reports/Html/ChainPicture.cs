using FaultMaven.Protos.Agent.V1;
using Role = FaultMaven.Protos.Agent.V1.CausalStep.Types.Role;

namespace FaultMaven.Reports.Html;

/// <summary>The causal chain as boxes and arrows: what came before, the cause, what it led to, what was noticed.</summary>
internal sealed class ChainPicture
{
    private const double Gap = 18;
    private const double Fall = 46;
    private const double Padding = 14;
    private const double LineHeight = 18;
    private const double LabelHeight = 22;
    private const double CharacterWidth = 7.3;
    private const int MaxLines = 6;
    private const double Margin = 2;

    private readonly Picture _picture;
    private readonly double _width;
    private readonly Report _report;
    private readonly bool _isOneDay;

    private ChainPicture(string id, double width, Report report)
    {
        (_picture, _width, _report) = (new(id, width), width, report);
        _isOneDay = report.CausalChain.Where(step => step.Statement.Time is not null)
            .Select(step => step.Statement.Time.ToDateTimeOffset().UtcDateTime.Date).Distinct().Count() <= 1;
    }

    /// <summary>The picture for a wide page, with what happened at the same step side by side.</summary>
    public static string Wide(Report report) =>
        new ChainPicture("chain-wide", 780, report).Draw([.. Rows(report.CausalChain)], "chain wide");

    /// <summary>The picture for a narrow page, one below the other.</summary>
    public static string Narrow(Report report) => new ChainPicture("chain-narrow", 350, report)
        .Draw([.. Rows(report.CausalChain).SelectMany(row => row).Select(step => new List<ReportStep> { step })], "chain narrow");

    private static IEnumerable<List<ReportStep>> Rows(IReadOnlyList<ReportStep> steps)
    {
        List<ReportStep>[] rows =
        [
            [.. steps.Where(step => step.Role == Role.Change)],
            [.. steps.Where(step => step.Role is Role.Cause or Role.IndependentCause).OrderBy(step => step.Role)],
            .. steps.Where(step => step.Role == Role.Effect).Chunk(2).Select(pair => pair.ToList()),
            [.. steps.Where(step => step.Role == Role.Symptom)],
        ];
        return rows.Where(row => row.Count > 0);
    }

    private string Draw(List<List<ReportStep>> rows, string css)
    {
        var y = Margin;
        List<(ReportStep Step, double X)> above = [];
        foreach (var row in rows)
        {
            var wide = (_width - (2 * Margin) - (Gap * (row.Count - 1))) / row.Count;
            var length = (int)((wide - (2 * Padding) - 4) / CharacterWidth);
            var lines = row.Select(step => WrappedText.Of(step.Statement.Text, length, MaxLines)).ToList();
            var height = lines.Max(each => each.Count) * LineHeight + LabelHeight + (2 * Padding) - 4;
            var follows = above.Count > 0 && Follows(above[0].Step, row[0]);
            y += above.Count == 0 ? 0 : follows ? Fall : Gap;

            List<(ReportStep Step, double X)> placed = [];
            for (var i = 0; i < row.Count; i++)
            {
                var x = Margin + (i * (wide + Gap));
                placed.Add((row[i], x + (wide / 2)));
                Box(row[i], lines[i], x, y, wide, height);
            }

            if (follows)
            {
                Connect(above, placed, y);
            }

            above = placed;
            y += height;
        }

        return _picture.Write(y + Margin, css, "Causal chain",
            string.Join(" ", _report.CausalChain.Select(step => $"{Title(step)}: {step.Statement.Text}")));
    }

    private void Box(ReportStep step, IReadOnlyList<string> lines, double x, double y, double wide, double height)
    {
        var css = Css(step.Role);
        _picture.Rectangle(x, y, wide, height, $"box {css}", radius: 10);
        _picture.Rectangle(x, y + 10, 4, height - 20, $"edge {css}", radius: 2);
        _picture.Text(x + Padding + 4, y + Padding + 9, Title(step).ToUpperInvariant(), $"role {css}");
        if (step.Statement.Time is { } time)
        {
            _picture.Text(x + wide - Padding, y + Padding + 9, ReportWords.Of(time, _isOneDay ? "HH:mm:ss" : "MM-dd HH:mm"), "when");
        }

        for (var i = 0; i < lines.Count; i++)
        {
            _picture.Text(x + Padding + 4, y + Padding + LabelHeight + 8 + (i * LineHeight), lines[i], "step");
        }
    }

    // What is beside each other in a wide picture is below each other in a narrow one, and one did not lead to the other.
    private static bool Follows(ReportStep above, ReportStep below) =>
        above.Role != below.Role && above.Role != Role.IndependentCause && below.Role != Role.IndependentCause;

    // Another cause led to nothing that the case shows. A change is earlier than the cause, and what was noticed is later; neither shows
    // that one led to the other.
    private void Connect(List<(ReportStep Step, double X)> above, List<(ReportStep Step, double X)> below, double y)
    {
        var (from, x1) = above[0];
        foreach (var (to, x2) in below.Where(lower => Follows(from, lower.Step)))
        {
            var (top, end) = (y - Fall + 4, y - 9);
            _picture.Path(
                Picture.Invariant($"M {x1:0.#} {top:0.#} C {x1:0.#} {top + 20:0.#} {x2:0.#} {end - 20:0.#} {x2:0.#} {end:0.#}"),
                from.Role == Role.Change || to.Role == Role.Symptom ? "arrow before" : "arrow");
            _picture.Path(
                Picture.Invariant($"M {x2 - 5:0.#} {end - 2:0.#} L {x2 + 5:0.#} {end - 2:0.#} L {x2:0.#} {end + 6:0.#} Z"), "head");
        }
    }

    private string Title(ReportStep step) => ReportWords.Title(step.Role, _report.Assurance);

    public static string Css(Role role) => role switch
    {
        Role.Cause => "cause",
        Role.Effect => "effect",
        Role.Symptom => "symptom",
        Role.IndependentCause => "other",
        _ => "change",
    };
}
