using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Classify;

/// <summary>Tells what kind of evidence a file is by what it holds; the name of the file only tips the scales.</summary>
internal static class EvidenceClassifier
{
    /// <summary>How much of the text is looked at, in characters: 256 Ki.</summary>
    public const int MaxLength = 256 * 1024;

    private const int MaxAlternatives = 3;
    private const double NameBonus = 0.04;

    private static readonly string[] s_images =
        [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".tif", ".tiff", ".svg", ".heic", ".ico"];

    /// <summary>
    /// Classifies by the file's name and its first <see cref="MaxLength"/> characters. Equal input gives an equal answer.
    /// </summary>
    public static ClassifiedEvidence Classify(string fileName, string head, bool isBinary)
    {
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        if (s_images.Contains(extension) && (isBinary || extension == ".svg"))
        {
            return new(Proto.EvidenceType.Image, 0.98, [], [$"The file name ends in {extension}."]);
        }

        if (isBinary || head.AsSpan(0, Math.Min(head.Length, 4096)).Contains('\0'))
        {
            return new(Proto.EvidenceType.Unanalyzable, 0.95, [], ["The content is binary."]);
        }

        if (string.IsNullOrWhiteSpace(head))
        {
            return new(Proto.EvidenceType.Unanalyzable, 1, [], ["The content is empty."]);
        }

        if (head.StartsWith("data:image/", StringComparison.Ordinal))
        {
            return new(Proto.EvidenceType.Image, 0.98, [], ["The content is an image as a data URL."]);
        }

        var text = new SourceText(PastedText.Unwrap(head.Length <= MaxLength ? head : head[..MaxLength]));
        var marks = MarkContent(text);
        MarkName(fileName, extension, marks);
        return Decide(text, marks, extension);
    }

    /// <summary>The types that a text looks like, most likely first, whatever it is called.</summary>
    public static IReadOnlyList<(Proto.EvidenceType Type, double Confidence, IReadOnlyList<string> Reasons)> Rank(SourceText text) =>
        MarkContent(text).Ranked();

    private static TypeScores MarkContent(SourceText text)
    {
        var lines = new LineShapes(text);
        var marks = new TypeScores();
        DocumentShapes.Mark(text, lines, marks);
        TextShapes.Mark(text, lines, marks);
        return marks;
    }

    private static void MarkName(string fileName, string extension, TypeScores marks)
    {
        var type = extension switch
        {
            ".log" or ".out" or ".err" => Proto.EvidenceType.Logs,
            ".yaml" or ".yml" or ".toml" or ".ini" or ".conf" or ".cfg" or ".config" or ".env" or ".properties" or ".tf" =>
                Proto.EvidenceType.Config,
            ".md" or ".rst" or ".adoc" or ".html" or ".htm" => Proto.EvidenceType.Documentation,
            ".prom" => Proto.EvidenceType.Metrics,
            ".har" => Proto.EvidenceType.Trace,
            ".prof" or ".pprof" or ".folded" or ".collapsed" or ".cpuprofile" => Proto.EvidenceType.Profile,
            ".cs" or ".py" or ".java" or ".go" or ".js" or ".ts" or ".rb" or ".rs" or ".c" or ".cpp" or ".h" or ".kt" or ".scala" or ".php"
                or ".sh" or ".sql" or ".swift" =>
                Proto.EvidenceType.SourceCode,
            _ => Proto.EvidenceType.Unspecified,
        };
        marks.Tip(type, NameBonus, $"The file name ends in {extension}.");
        foreach (var word in Names.Words(Path.GetFileNameWithoutExtension(fileName)))
        {
            marks.Tip(
                word switch
                {
                    "log" or "logs" => Proto.EvidenceType.Logs,
                    "metrics" or "metric" => Proto.EvidenceType.Metrics,
                    "alert" or "alerts" or "monitors" or "alarm" => Proto.EvidenceType.Alert,
                    "event" or "events" => Proto.EvidenceType.Events,
                    "trace" or "traces" or "spans" => Proto.EvidenceType.Trace,
                    "config" or "settings" or "values" => Proto.EvidenceType.Config,
                    "pods" or "nodes" or "deployments" => Proto.EvidenceType.ClusterState,
                    "readme" or "runbook" or "guide" => Proto.EvidenceType.Documentation,
                    "profile" => Proto.EvidenceType.Profile,
                    _ => Proto.EvidenceType.Unspecified,
                },
                NameBonus / 2, $"The file name contains {word}.");
        }
    }

    private static ClassifiedEvidence Decide(SourceText text, TypeScores marks, string extension)
    {
        var ranked = marks.Ranked();
        if (ranked.Count == 0 || ranked[0].Confidence < 0.5)
        {
            // Prose, or text that looks like it: a person should confirm.
            return new(Proto.EvidenceType.Text, Calibration.Of(0.5),
                [.. ranked.Where(mark => mark.Type != Proto.EvidenceType.Text).Take(MaxAlternatives)
                .Select(mark => (mark.Type, Calibration.Of(mark.Confidence)))], ["Plain text with no recognisable structure."]);
        }

        var (type, mark, reasons) = ranked[0];
        var isNamed = marks.IsTipped(type) || (extension == ".json" && type == Proto.EvidenceType.Config);
        var doubt = Ambiguity.Of(text, type, isNamed);
        var confidence = Calibration.Of(doubt is null ? mark : Math.Min(mark, Ambiguity.MaxMark));
        var rivals = (doubt?.Rivals ?? []).Where(rival => rival != type).Select(rival => (Type: rival, Mark: Ambiguity.MaxMark));
        var others = rivals.Concat(ranked.Skip(1).Select(other => (other.Type, Mark: other.Confidence))).DistinctBy(other => other.Type)
            .Take(MaxAlternatives);
        return new(
            type,
            confidence,
            [.. others.Select(other => (other.Type, Math.Min(Calibration.Of(other.Mark), Math.Round(1 - confidence, 3))))],
            doubt is null ? reasons : [.. reasons, doubt.Reason]);
    }
}
