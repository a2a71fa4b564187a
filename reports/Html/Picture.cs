using System.Globalization;
using System.Text;

namespace FaultMaven.Reports.Html;

/// <summary>An SVG that is part of a page. What it looks like is in the style sheet of the page, by class.</summary>
/// <param name="id">Unique on the page; its title and description are named after it.</param>
/// <param name="width">How wide it is, in its own units; the page scales it.</param>
internal sealed class Picture(string id, double width)
{
    private readonly StringBuilder _shapes = new();

    public double Width => width;

    public void Rectangle(double x, double y, double w, double h, string css, double radius = 0) =>
        _shapes.Append(Invariant($"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{w:0.##}\" height=\"{h:0.##}\" "))
            .Append(radius > 0 ? Invariant($"rx=\"{radius:0.##}\" ") : "").Append($"class=\"{css}\"/>");

    public void Line(double x1, double y1, double x2, double y2, string css) => _shapes.Append(
        Invariant($"<line x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\" class=\"{css}\"/>"));

    /// <param name="points">Coordinates as <c>M 0 0 L 1 1</c>; figures only.</param>
    /// <param name="css">Its class.</param>
    public void Path(string points, string css) => _shapes.Append($"<path d=\"{points}\" class=\"{css}\"/>");

    public void Circle(double x, double y, double radius, string css) =>
        _shapes.Append(Invariant($"<circle cx=\"{x:0.##}\" cy=\"{y:0.##}\" r=\"{radius:0.##}\" class=\"{css}\"/>"));

    public void Text(double x, double y, string text, string css) =>
        _shapes.Append(Invariant($"<text x=\"{x:0.##}\" y=\"{y:0.##}\" class=\"{css}\">")).Append(HtmlText.Of(text)).Append("</text>");

    /// <summary>The picture as markup.</summary>
    /// <param name="height">How high it is.</param>
    /// <param name="css">Its class.</param>
    /// <param name="title">What it shows, in a few words.</param>
    /// <param name="description">The same for who cannot see it, with the figures.</param>
    public string Write(double height, string css, string title, string description) =>
        Invariant($"<svg id=\"{id}\" class=\"{css}\" viewBox=\"0 0 {width:0.##} {height:0.##}\" role=\"img\" ")
        + $"aria-labelledby=\"{id}-title {id}-desc\"><title id=\"{id}-title\">{HtmlText.Of(title)}</title>"
        + $"<desc id=\"{id}-desc\">{HtmlText.Of(description)}</desc>{_shapes}</svg>";

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
