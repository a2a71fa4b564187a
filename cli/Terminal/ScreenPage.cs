namespace FaultMaven.Cli.Terminal;

/// <summary>A page of sections that fits on a screen: what matters least is left out until it does.</summary>
/// <param name="page">Where it is written.</param>
/// <param name="height">The most lines.</param>
internal sealed class ScreenPage(TextColumn page, int height)
{
    private readonly List<Section> _sections = [];

    /// <summary>Adds a section.</summary>
    /// <param name="heading">Its heading; empty for none.</param>
    /// <param name="least">How many of its items stay in any case.</param>
    /// <param name="items">Its items, the most important first; without any, it has no heading either.</param>
    public void Add(string heading, int least, IEnumerable<Item> items) => _sections.Add(new(heading, least, [.. items]));

    /// <summary>Writes what fits.</summary>
    /// <returns>How many items were left out.</returns>
    public int Write()
    {
        var dropped = 0;
        while (_sections.Sum(HeightOf) > height && _sections.Where(section => section.Items.Count > section.Least)
            .MaxBy(section => section.Items.Count - section.Least) is { } longest)
        {
            longest.Items.RemoveAt(longest.Items.Count - 1);
            dropped++;
        }

        var isFirst = true;
        foreach (var section in _sections.Where(section => section.Items.Count > 0))
        {
            if (section.Heading.Length > 0)
            {
                page.Heading(section.Heading);
            }
            else if (!isFirst)
            {
                page.Blank();
            }

            isFirst = false;
            foreach (var line in section.Items.SelectMany(item => item.Lines))
            {
                page.Paragraph(line.Lead, line.Text, line.Style, line.LeadStyle);
            }
        }

        return dropped;
    }

    // A blank line comes before each section, and before its heading.
    private int HeightOf(Section section) => section.Items.Count == 0 ? 0
        : (section.Heading.Length > 0 ? 2 : 1)
            + section.Items.SelectMany(item => item.Lines).Sum(line => page.HeightOf(line.Lead, line.Text));

    private sealed record Section(string Heading, int Least, List<Item> Items);

    /// <summary>Lines that stay together.</summary>
    internal sealed record Item(params IReadOnlyList<Line> Lines);

    /// <summary>A paragraph; see <see cref="TextColumn.Paragraph"/>.</summary>
    internal sealed record Line(string Lead, string Text, string Style = "", string LeadStyle = "");
}
