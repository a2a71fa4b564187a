using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>Prints the graph of a case: first what does not hold, then relations by type, then objects whose state is known.</summary>
internal sealed class GraphReport(TextColumn page)
{
    public void Write(CaseGraph graph)
    {
        page.Paragraph("", $"{Counted.Of(graph.Objects.Count, "object")}, {Counted.Of(graph.Relations.Count, "relation")}"
            + (graph.Truncated ? "; the evidence has more." : "."), "bold");
        Write("Stated, but not met", graph.Relations.Where(relation => relation.Unmet));
        foreach (var type in graph.Relations.Where(relation => !relation.Unmet).GroupBy(relation => relation.Type))
        {
            Write(Upper(Verb(type.Key)), type);
        }

        var states = graph.Objects.Where(each => each.State.Length > 0).ToList();
        if (states.Count > 0)
        {
            page.Heading("States");
            foreach (var each in states)
            {
                page.Paragraph("  ", $"{each.Id}: {each.State}{Place(each.Citations.FirstOrDefault())}");
            }
        }
    }

    private void Write(string heading, IEnumerable<ObjectRelation> relations)
    {
        var isFirst = true;
        foreach (var relation in relations)
        {
            if (isFirst)
            {
                page.Heading(heading);
                isFirst = false;
            }

            var count = relation.Count > 1 ? $", {relation.Count} times" : "";
            var detail = relation.Detail.Length > 0 ? $" ({relation.Detail})" : "";
            page.Paragraph("  ", $"{relation.From} {Verb(relation.Type)} {relation.To}{detail}{count}{Place(relation.Citation)}",
                relation.Unmet ? "yellow" : "");
        }
    }

    private static string Verb(RelationType type) => type switch
    {
        RelationType.ConfiguredBy => "is configured by",
        RelationType.ChangedBy => "was changed by",
        RelationType.GrantedTo => "is granted to",
        _ => JsonOutput.Name(type).Replace('_', ' '),
    };

    private static string Upper(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    private static string Place(Citation? citation) => citation is null ? "" : $"  [{citation.FileName}:{citation.StartLine}]";
}
