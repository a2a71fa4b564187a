using Spectre.Console;

namespace FaultMaven.Cli.Terminal;

/// <summary>Writes paragraphs with a hanging indent, wrapped to the console's width.</summary>
internal sealed class TextColumn(IAnsiConsole console)
{
    public void Blank() => console.WriteLine();

    public void Heading(string text)
    {
        console.WriteLine();
        console.MarkupLine($"[bold]{PrintableText.Markup(text)}[/]");
    }

    /// <param name="lead">What stands before the first line, such as <c>"  • "</c>; further lines are indented as deep.</param>
    /// <param name="text">Plain text.</param>
    /// <param name="style">A style of Spectre.Console for the text, or empty.</param>
    /// <param name="leadStyle">A style for the lead, or empty.</param>
    public void Paragraph(string lead, string text, string style = "", string leadStyle = "")
    {
        var indent = new string(' ', lead.Length);
        var first = true;

        foreach (var line in Wrap(PrintableText.Of(text), Math.Max(20, console.Profile.Width - lead.Length - 1)))
        {
            console.MarkupLine($"{Styled(first ? lead : indent, leadStyle)}{Styled(line, style)}");
            first = false;
        }
    }

    private static string Styled(string text, string style) => style.Length == 0 ? text.EscapeMarkup() : $"[{style}]{text.EscapeMarkup()}[/]";

    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            // A word wider than the column is cut.
            var space = text.LastIndexOf(' ', width);
            var end = space > width / 3 ? space : width;
            yield return text[..end].TrimEnd();
            text = text[end..].TrimStart();
        }

        yield return text;
    }
}
