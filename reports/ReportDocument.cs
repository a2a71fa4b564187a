using System.Text;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Reports.Html;
using FaultMaven.Reports.Markdown;
using Google.Protobuf;

namespace FaultMaven.Reports;

/// <summary>A report as a file.</summary>
/// <param name="Text">The whole text.</param>
/// <param name="MediaType">Its type, such as <c>text/html</c>.</param>
/// <param name="FileName">A name for it, such as <c>incident-0198c1e2-v2.html</c>.</param>
public sealed record ReportDocument(string Text, string MediaType, string FileName)
{
    private const int IdLength = 8;

    // Indented, and with what is empty left out: people read it too.
    private static readonly JsonFormatter s_json = new(JsonFormatter.Settings.Default.WithIndentation());

    /// <summary>Makes a file of a report. The text has no byte order mark; its line ends are line feeds.</summary>
    public static ReportDocument Of(Report report, ReportFormat format)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (text, type, ending) = format switch
        {
            ReportFormat.Html => (HtmlReport.Write(report), "text/html", "html"),
            ReportFormat.Json => ($"{s_json.Format(report)}\n", "application/json", "json"),
            _ => (MarkdownReport.Write(report), "text/markdown", "md"),
        };
        return new(text.ReplaceLineEndings("\n"), type, $"{Kind(report)}-{ShortId(report)}-v{report.Version}.{ending}");
    }

    /// <summary>The text in UTF-8; what is not text, such as half of a surrogate pair, is replaced.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(Text);

    private static string Kind(Report report) => ReportWords.Of(report.Kind);

    // The end of an id differs even between cases that were created in the same minute.
    private static string ShortId(Report report) =>
        ReportName.TryParse(report.Name, out var name) ? name.Case.Id[^Math.Min(IdLength, name.Case.Id.Length)..] : "case";
}
