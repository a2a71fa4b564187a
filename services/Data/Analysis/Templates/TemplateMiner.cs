using System.Buffers;
using System.Globalization;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>
/// Mines the templates of a log: messages go in one by one, their templates come out at the end. Memory is bounded by the number of
/// shapes, not of messages. Not safe for use by several threads.
/// </summary>
/// <param name="watched">Words that messages are looked through for; null for none.</param>
internal sealed class TemplateMiner(SearchValues<string>? watched = null)
{
    /// <summary>Above this many shapes a log is not worth telling apart further: about 60 MB of them.</summary>
    public const int MaxShapes = 50_000;

    private readonly ShapeTable _shapes = new(MaxShapes, watched);

    /// <summary>Takes a message and returns the number of its shape, for <see cref="MinedTemplates.TemplateOf"/>.</summary>
    public int Add(ReadOnlySpan<char> message) => _shapes.Add(message);

    /// <summary>Takes a message and returns the number of its shape, for <see cref="MinedTemplates.TemplateOf"/>.</summary>
    /// <param name="message">The message.</param>
    /// <param name="plain">True if it surely has none of the watched words.</param>
    public int Add(ReadOnlySpan<char> message, out bool plain) => _shapes.Add(message, out plain);

    /// <summary>The number of the shape of a message, which is not taken; -1 if none had it.</summary>
    public int Find(ReadOnlySpan<char> message) => _shapes.Find(message);

    /// <summary>
    /// Takes in what another miner took, such as that of another part of the log. As long as neither had more shapes than there is room
    /// for, the templates are those of one miner that took everything, in whatever order; shape numbers of the other miner no longer hold.
    /// </summary>
    public void Merge(TemplateMiner other) => _shapes.Merge(other._shapes);

    /// <summary>Finds the templates of what was added so far.</summary>
    public MinedTemplates Mine()
    {
        // In an order that does not depend on which message came first.
        var order = Enumerable.Range(0, _shapes.Shapes.Count).OrderBy(shape => _shapes.Hashes[shape]).ToArray();
        var clusters = ShapeMerger.Merge([.. order.Select(shape => _shapes.Shapes[shape])]);
        var templateOf = new int[_shapes.Shapes.Count];
        var ordered = clusters.OrderBy(cluster => cluster.Shapes.Min(place => order[place])).ToArray();
        var templates = new List<Template>(ordered.Length);
        foreach (var cluster in ordered)
        {
            templates.Add(new Template(templates.Count + 1, cluster.Text(), cluster.Count));
            foreach (var place in cluster.Shapes)
            {
                templateOf[order[place]] = templates.Count;
            }
        }

        return new MinedTemplates(templates, templateOf);
    }
}

/// <summary>A shape that messages share.</summary>
/// <param name="Id">From 1, in order of first appearance.</param>
/// <param name="Text">The message with <c>&lt;*&gt;</c> for what varies.</param>
/// <param name="Count">How many messages have it.</param>
internal sealed record Template(int Id, string Text, long Count)
{
    /// <summary>Stands for what varies.</summary>
    public const string Wildcard = "<*>";

    /// <summary>16 hexadecimal digits that are the same wherever the template is: in all files of a case, and in every process.</summary>
    public string Key => StableHash.Add(StableHash.Seed, Text).ToString("x16", CultureInfo.InvariantCulture);
}

/// <summary>The templates of a log.</summary>
internal sealed class MinedTemplates(IReadOnlyList<Template> templates, int[] templateOf)
{
    public IReadOnlyList<Template> Templates => templates;

    /// <summary>The id of the template of a shape, as <see cref="TemplateMiner.Add(ReadOnlySpan{char})"/> returned it.</summary>
    public int TemplateOf(int shape) => templateOf[shape];
}
