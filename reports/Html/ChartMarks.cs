using FaultMaven.Protos.Agent.V1;
using Role = FaultMaven.Protos.Agent.V1.CausalStep.Types.Role;

namespace FaultMaven.Reports.Html;

/// <summary>The steps of the causal chain on a chart, so that one sees what came before what.</summary>
internal sealed class ChartMarks
{
    private const double LabelWidth = 64;
    private const double LabelHeight = 14;

    private readonly Assurance _assurance;
    private readonly List<(Role Role, DateTimeOffset Time)> _marks;

    public ChartMarks(Report report) => (_assurance, _marks) = (report.Assurance,
    [
        .. report.CausalChain
            .Where(step => step.Statement.Time is not null && step.Role is Role.Change or Role.Cause or Role.Symptom)
            .Select(step => (step.Role, Time: step.Statement.Time.ToDateTimeOffset()))
            .OrderBy(mark => mark.Time)
            .DistinctBy(mark => mark.Role),
    ]);

    /// <summary>Draws the marks from <paramref name="top"/> down.</summary>
    /// <param name="picture">Where.</param>
    /// <param name="axis">The axis of time.</param>
    /// <param name="top">Where the labels begin, above what is drawn.</param>
    /// <param name="bottom">Where the marks end.</param>
    public void Draw(Picture picture, TimeAxis axis, double top, double bottom)
    {
        var ends = new List<double>();
        foreach (var (role, time) in _marks.Where(mark => axis.Has(mark.Time)))
        {
            var x = axis.Of(time);
            var left = Math.Min(x + 4, axis.Right - LabelWidth + 12);
            var row = ends.FindIndex(end => end < left);
            row = row < 0 ? ends.Count : row;
            if (row == ends.Count)
            {
                ends.Add(0);
            }

            ends[row] = left + LabelWidth;
            var y = top + (row * LabelHeight);
            picture.Line(x, y, x, bottom, $"mark {ChainPicture.Css(role)}");
            picture.Text(left, y + 10, ReportWords.Title(role, _assurance), $"marked {ChainPicture.Css(role)}");
        }
    }

    /// <summary>How much room the labels need.</summary>
    public double Height => Math.Max(1, _marks.Count) * LabelHeight;
}
