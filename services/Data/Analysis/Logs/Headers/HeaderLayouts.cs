using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Headers;

/// <summary>
/// The layouts of a log's lines: one, or one for each format where the lines of several programs are mixed. The lines of a format are known
/// by where their times and levels are.
/// </summary>
internal sealed class HeaderLayouts
{
    private const int MaxLayouts = 4;
    private const int MinLines = 8;

    // Where fewer lines have a time or a level, those are part of what is said.
    private const double PlainShare = 0.2;

    // How many fields of a message a header's first time or level is looked for in.
    private const int InnerReach = 3;

    // Fewer lines than these are what a format's lines look like once in a while.
    private const double MinShare = 0.04;

    // A layout that fewer lines fit is a mixture of several.
    private const double FitsMost = 0.75;
    private const double NameableShare = 0.2;

    private readonly List<HeaderLayout> _layouts;

    private HeaderLayouts(List<HeaderLayout> layouts) => _layouts = layouts;

    /// <summary>Infers the layouts; null if the lines have no header in common.</summary>
    public static HeaderLayouts? Infer(IEnumerable<string> lines, TimeText times)
    {
        var rows = lines.Select(line => HeaderSample.Of(line, times)).ToList();
        var anchored = rows.FindAll(row => row.HasAnchor);
        var isPlain = anchored.Count < PlainShare * rows.Count;
        var layouts = isPlain && anchored.Count < MinLines ? [] : InferAnchored(anchored);
        if (isPlain && rows.Count >= MinLines && HeaderLayout.InferWithoutAnchor(rows) is { } plain)
        {
            layouts.Add(plain);
        }

        // Too few to have something in common, but what they have is a header.
        layouts = layouts.Count == 0 && anchored.Count > 0 ? InferAnchored(anchored) : layouts;
        return layouts.Count == 0 ? null : new HeaderLayouts(layouts);
    }

    /// <summary>
    /// Infers the layouts of the headers that messages begin with; null unless a share of them has a time or a level, or all begin with a
    /// number in brackets or before a colon.
    /// </summary>
    public static HeaderLayouts? InferInner(List<string> messages, double share, TimeText times)
    {
        var rows = messages.ConvertAll(message => HeaderSample.Of(message, times));
        var anchored = rows.FindAll(row => row.Key.AsSpan(0, Math.Min(row.Key.Length, InnerReach)).ContainsAny('T', 'L'));
        var layouts = anchored.Count >= share * rows.Count ? InferAnchored(anchored) : [];
        if (layouts.Count == 0 && HeaderLayout.InferWithoutAnchor(rows) is { BeginsWithNumber: true } plain)
        {
            layouts.Add(plain);
        }

        return layouts.Count == 0 ? null : new HeaderLayouts(layouts);
    }

    private static List<HeaderLayout> InferAnchored(List<HeaderSample> anchored)
    {
        var layouts = new List<HeaderLayout>();
        for (var rest = anchored; layouts.Count < MaxLayouts && HasEnough(rest, layouts.Count == 0, anchored.Count);)
        {
            if (Choose(rest) is not { } layout)
            {
                break;
            }

            layouts.Add(layout);
            rest = rest.FindAll(row => !layout.Fits(row));
        }

        return [.. layouts.OrderByDescending(layout => layout.AnchorCount)];
    }

    /// <summary>Reads the header of a line; false if it has none of them.</summary>
    /// <param name="line">The line.</param>
    /// <param name="times">Reads its time.</param>
    /// <param name="header">The header.</param>
    /// <param name="hasLevel">True if lines of this format give their level.</param>
    public bool TryRead(ReadOnlySpan<char> line, TimeText times, out Header header, out bool hasLevel)
    {
        var row = new HeaderRow(line, times, stackalloc HeaderField[HeaderLayout.MaxFields]);
        foreach (var layout in _layouts)
        {
            if (layout.TryRead(ref row, out header))
            {
                hasLevel = layout.HasLevel;
                return true;
            }
        }

        header = default;
        hasLevel = false;
        return false;
    }

    private static bool HasEnough(List<HeaderSample> rest, bool isFirst, int all) =>
        rest.Count > 0 && (isFirst || rest.Count >= Math.Max(MinLines, MinShare * all));

    // What all lines have in common; where that is little, what the lines of the most frequent format have.
    private static HeaderLayout? Choose(List<HeaderSample> rows)
    {
        var common = HeaderLayout.Infer(rows);
        var fitting = common is null ? 0 : rows.Count(common.Fits);
        if (fitting >= FitsMost * rows.Count
            && (common!.HasLevel || rows.Count(row => row.HasMarkedLevel) < NameableShare * rows.Count))
        {
            return common;
        }

        var group = rows.GroupBy(row => row.Key)
            .OrderByDescending(group => group.Key.Contains('L')).ThenByDescending(group => group.Count())
            .FirstOrDefault(group => group.Count() >= Math.Max(MinLines, MinShare * rows.Count));
        return (group is null ? null : HeaderLayout.Infer([.. group])) ?? common;
    }
}
