using System.Collections.Frozen;
using System.Text;

namespace FaultMaven.Data.Analysis.Catalogue;

/// <summary>Every kind of signal that analysers may emit. docs/signals.md is printed from it.</summary>
internal static partial class SignalCatalogue
{
    private const string Introduction =
        """
        # Signals

        A signal is a typed, timed and cited fact that the Data service found in evidence. The catalogue of failure modes is written against
        these kinds, so a kind once shipped keeps its meaning. Every signal has a subject, a severity, a state (`active`, `recovered`,
        `normal`) and at least one citation; the attributes below come with it where the evidence has them. A subject is `kind/name`, such
        as `pod/web-1`; the column "about" says which kinds. A kind marked `normal:` reports that something is healthy, which contradicts a
        failure as much as a problem supports it.

        This page is printed from the registry in `services/Data/Analysis/Catalogue`; a kind that is not registered does not leave the Data
        service.

        `resource` is one of `cpu`, `memory`, `storage`, `connections`, `iops`, `throughput`, `replication_lag`, `latency`, `queue`,
        `error_rate`, `restarts`, `file_descriptors`, `threads`, `gc`, `transaction_ids`, `load`, `network`, `other`.
        """;

    private static readonly SignalFamily[] s_families =
        [Logs(), Statements(), Cluster(), Metrics(), Platform(), Files(), Screening()];

    private static readonly FrozenDictionary<string, SignalKind> s_byName =
        s_families.SelectMany(family => family.Kinds).ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    /// <summary>All kinds.</summary>
    public static IReadOnlyCollection<SignalKind> Kinds => s_byName.Values;

    /// <summary>The kind of this name; null if there is none.</summary>
    public static SignalKind? Find(string name) => s_byName.GetValueOrDefault(name);

    /// <summary>The catalogue as Markdown, as docs/signals.md holds it.</summary>
    public static string Print()
    {
        var text = new StringBuilder(Introduction).Append("\n\n");
        foreach (var family in s_families)
        {
            text.Append("## ").Append(family.Title).Append("\n\n");
            Paragraph(text, family.Introduction);
            text.Append("| kind | means | attributes | about |\n|---|---|---|---|\n");
            foreach (var kind in family.Kinds)
            {
                var attributes = string.Join(", ", kind.Attributes.Select(name => $"`{name}`"));
                text.Append("| `").Append(kind.Name).Append("` | ").Append(kind.Means).Append(" | ").Append(attributes)
                    .Append(attributes.Length > 0 ? " | " : "| ").Append(kind.About).Append(" |\n");
            }

            text.Append('\n');
            Paragraph(text, family.Notes);
        }

        text.Append("## Attributes\n\n| attribute | unit | is |\n|---|---|---|\n");
        foreach (var attribute in Attributes.OrderBy(attribute => attribute.Name, StringComparer.Ordinal))
        {
            text.Append("| `").Append(attribute.Name).Append("` | ").Append(attribute.Unit).Append(attribute.Unit.Length > 0 ? " | " : "| ")
                .Append(attribute.Means).Append(" |\n");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Paragraph(StringBuilder text, string paragraph)
    {
        if (paragraph.Length > 0)
        {
            text.Append(paragraph).Append("\n\n");
        }
    }
}
