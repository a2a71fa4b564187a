using Spectre.Console;
using Spectre.Console.Rendering;

namespace FaultMaven.Cli.Terminal;

/// <summary>Writes paragraphs with a hanging indent, wrapped to the console's width.</summary>
internal sealed class TextColumn(IAnsiConsole console)
{
    public void Blank() => console.WriteLine();

    public void Heading(string text)
    {
        console.WriteLine();
        console.Write(new Text(PrintableText.Of(text), Style.Parse("bold")));
        console.WriteLine();
    }

    /// <param name="lead">What comes before the first line, such as <c>"  • "</c>; further lines are indented by its width.</param>
    /// <param name="text">Plain text.</param>
    /// <param name="style">A style of Spectre.Console for the text, or empty.</param>
    /// <param name="leadStyle">A style for the lead, or empty.</param>
    public void Paragraph(string lead, string text, string style = "", string leadStyle = "") =>
        console.Write(Grid(lead, text, style, leadStyle));

    /// <summary>How many lines a paragraph takes.</summary>
    public int HeightOf(string lead, string text)
    {
        var options = RenderOptions.Create(console);
        return Segment.SplitLines(((IRenderable)Grid(lead, text, "", "")).Render(options, console.Profile.Width)).Count;
    }

    private static Grid Grid(string lead, string text, string style, string leadStyle)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0) });
        grid.AddColumn(new GridColumn { Padding = new Padding(0) });
        grid.AddRow(Styled(lead, leadStyle), Styled(PrintableText.Of(text), style));
        return grid;
    }

    private static Text Styled(string text, string style) => new(text, style.Length == 0 ? Style.Plain : Style.Parse(style));
}
