using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using FaultMaven.Protos.Agent.V1;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Reports.Tests;

public sealed class AReportAsAPage
{
    private static readonly string s_html = ReportDocument.Of(MadeReport.With("disk full"), ReportFormat.Html).Text;
    private static readonly XDocument s_page = Page.Parse(s_html);

    [Fact]
    public void Leads_from_every_link_to_what_it_names()
    {
        var ids = s_page.Descendants().Attributes("id").Select(id => id.Value).ToList();
        var links = s_page.Descendants().Attributes("href").Select(href => href.Value).ToList();

        Assert.Distinct(ids);
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link.TrimStart('#'), ids));
        Assert.All(links, link => Assert.StartsWith("#", link, StringComparison.Ordinal));
    }

    [Fact]
    public void Allows_its_own_style_sheet_and_nothing_else()
    {
        var policy = s_page.Descendants("meta").Single(meta => (string?)meta.Attribute("http-equiv") == "Content-Security-Policy");
        var start = s_html.IndexOf("<style>", StringComparison.Ordinal) + "<style>".Length;
        var style = s_html[start..s_html.IndexOf("</style>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Assert.Equal(
            $"default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'",
            policy.Attribute("content")!.Value);
        Assert.DoesNotContain(s_page.Descendants().Attributes(), attribute => attribute.Name.LocalName is "style" or "src");
        Assert.DoesNotContain("url(", style, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z", 1.0)]
    [InlineData("0001-01-01T00:00:00Z", 1.0)]
    [InlineData("2026-03-11T14:00:00Z", 1.7e308)]
    [InlineData("2026-03-11T14:00:00Z", -1.7e308)]
    public void Draws_whatever_time_and_figure_the_evidence_has(string time, double value)
    {
        var report = MadeReport.With("disk full");
        var point = report.Curves[0].Series.Points[^1];
        point.Time = Timestamp.FromDateTimeOffset(DateTimeOffset.Parse(time, CultureInfo.InvariantCulture));
        point.Value = value;
        report.Curves[0].Series.Points[0].Value = -value;

        var html = ReportDocument.Of(report, ReportFormat.Html).Text;

        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
        Assert.NotEmpty(Page.Parse(html).Descendants("svg"));
    }

    [Fact]
    public void Describes_its_pictures_to_who_cannot_see_them()
    {
        var pictures = s_page.Descendants("svg").ToList();

        Assert.Equal(5, pictures.Count);
        Assert.All(pictures, picture =>
        {
            Assert.Equal("img", picture.Attribute("role")?.Value);
            var named = picture.Attribute("aria-labelledby")!.Value;
            Assert.Equal($"{picture.Element("title")!.Attribute("id")!.Value} {picture.Element("desc")!.Attribute("id")!.Value}", named);
            Assert.NotEmpty(picture.Element("desc")!.Value);
        });
    }

    [Fact]
    public void Numbers_the_lines_that_it_quotes_as_the_evidence_does()
    {
        var source = s_page.Descendants("article").First();

        Assert.Equal("3", source.Descendants("ol").Single().Attribute("start")!.Value);
        Assert.Equal(2, source.Descendants("li").Count());
    }

    [Theory]
    [InlineData(Assurance.Confirmed, "Cause found: configuration error", "Led to")]
    [InlineData(Assurance.Mechanistic, "Probable cause, not confirmed: configuration error", "Probably led to")]
    [InlineData(Assurance.None, "Probable cause, not confirmed: configuration error", "May have led to")]
    public void Is_no_more_certain_than_its_assurance(Assurance assurance, string headline, string effect)
    {
        var page = Page.Parse(ReportDocument.Of(MadeReport.With("disk full", assurance), ReportFormat.Html).Text);

        Assert.Equal(headline, page.Descendants("p").Single(p => (string?)p.Attribute("class") == "headline").Value);
        Assert.Equal(effect, ReportWords.Title(CausalStep.Types.Role.Effect, assurance));
    }

    [Fact]
    public void Has_no_chart_where_there_is_nothing_to_draw()
    {
        var report = MadeReport.With("disk full");
        report.LogRate = null;
        report.Curves.Clear();

        Assert.DoesNotContain("class=\"chart", ReportDocument.Of(report, ReportFormat.Html).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_a_metric_that_never_changes()
    {
        var report = MadeReport.With("disk full");
        foreach (var point in report.Curves[0].Series.Points)
        {
            point.Value = 0;
        }

        Assert.DoesNotContain("NaN", ReportDocument.Of(report, ReportFormat.Html).Text, StringComparison.Ordinal);
    }
}
