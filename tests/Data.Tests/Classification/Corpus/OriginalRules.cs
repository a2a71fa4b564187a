using System.Text.Json;
using System.Text.RegularExpressions;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>
/// The rules of the original FaultMaven, as its tests and documents describe them: hints in the name first, then the type with the most
/// matches for each thousand characters. Its fallback, a language model, is not asked: what would go there is OTHER.
/// </summary>
internal static partial class OriginalRules
{
    private static readonly (string Type, Regex[] Patterns)[] s_patterns =
    [
        ("LOG_FILE", [Timestamp(), Level(), DateLine(), BracketedDate(), LogSuffix()]),
        ("ERROR_REPORT", [ErrorWord(), ExceptionMark(), ErrorMark(), TracebackHeader(), HttpError(), JavaFrame(), PythonFrame()]),
        ("CONFIG_FILE", [YamlStart(), YamlKey(), YamlItem(), JsonConfig(), Section(), SpacedAssignment(), EnvLine()]),
        ("DOCUMENTATION", [Heading(), Bold(), Link(), GuideWord(), Tag(), Fence()]),
        ("SCREENSHOT", [ImageSuffix(), DataImage(), ImageWord()]),
        ("OTHER", [ShortLine(), BlankLine()]),
    ];

    /// <summary>
    /// One of LOG_FILE, CONFIG_FILE, ERROR_REPORT, DOCUMENTATION, SCREENSHOT and OTHER; METRICS for a table of numbers by its name.
    /// </summary>
    public static string Classify(string fileName, string content)
    {
        if (string.IsNullOrWhiteSpace(content))
        {
            return "OTHER";
        }

        if (ByName(fileName, content) is { } named)
        {
            return named;
        }

        var scores = s_patterns.ToDictionary(
            entry => entry.Type, entry => entry.Patterns.Sum(pattern => pattern.Count(content)) / (double)content.Length * 1000);
        if (scores["LOG_FILE"] > 0.1 && scores["ERROR_REPORT"] > 0 && Timestamp().IsMatch(content) && Level().IsMatch(content))
        {
            return "LOG_FILE";
        }

        var best = scores.MaxBy(score => score.Value);
        if (best.Value > 0.1)
        {
            return best.Key;
        }

        return IsJson(content) ? "CONFIG_FILE" : "OTHER";
    }

    private static string? ByName(string fileName, string content)
    {
        var extension = Path.GetExtension(fileName).ToLowerInvariant();
        return extension switch
        {
            ".json" or ".yaml" or ".yml" or ".ini" or ".conf" or ".config" => "CONFIG_FILE",
            ".md" or ".rst" or ".html" or ".htm" when GuideWord().IsMatch(content) => "DOCUMENTATION",
            ".csv" or ".tsv" => NumericCsv().Count(string.Join('\n', content.Split('\n').Take(5))) >= 2 ? "METRICS" : "CONFIG_FILE",
            _ when NameOfError().IsMatch(fileName) => "ERROR_REPORT",
            _ => null,
        };
    }

    private static bool IsJson(string content)
    {
        try
        {
            using var _ = JsonDocument.Parse(content);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.Multiline;

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}|\d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2}", Options)]
    private static partial Regex Timestamp();

    [GeneratedRegex(@"\b(ERROR|WARN|WARNING|INFO|DEBUG|FATAL|CRITICAL)\b", Options)]
    private static partial Regex Level();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}", Options)]
    private static partial Regex DateLine();

    [GeneratedRegex(@"\[\d{4}-\d{2}-\d{2}", Options)]
    private static partial Regex BracketedDate();

    [GeneratedRegex(@"\.(log|txt)$", Options)]
    private static partial Regex LogSuffix();

    [GeneratedRegex(@"\b(error|exception|failed|failure|crash|abort)\b", Options)]
    private static partial Regex ErrorWord();

    [GeneratedRegex(@"Exception:", Options)]
    private static partial Regex ExceptionMark();

    [GeneratedRegex(@"Error:", Options)]
    private static partial Regex ErrorMark();

    [GeneratedRegex(@"Traceback \(most recent call last\)", Options)]
    private static partial Regex TracebackHeader();

    [GeneratedRegex(@"\b[45]\d{2}\b", Options)]
    private static partial Regex HttpError();

    [GeneratedRegex(@"at [\w.$]+\(.*?\)", Options)]
    private static partial Regex JavaFrame();

    [GeneratedRegex(@"File "".*?"", line \d+", Options)]
    private static partial Regex PythonFrame();

    [GeneratedRegex(@"^---", Options)]
    private static partial Regex YamlStart();

    [GeneratedRegex(@"^\w+:\s*$", Options)]
    private static partial Regex YamlKey();

    [GeneratedRegex(@"^\s*-\s+\w+:", Options)]
    private static partial Regex YamlItem();

    [GeneratedRegex(@"\{[^}]*""(config|settings)""", Options)]
    private static partial Regex JsonConfig();

    [GeneratedRegex(@"^\[\w+\]", Options)]
    private static partial Regex Section();

    [GeneratedRegex(@"^\w+ = .+", Options)]
    private static partial Regex SpacedAssignment();

    [GeneratedRegex(@"^[A-Z_]+=.+", Options)]
    private static partial Regex EnvLine();

    [GeneratedRegex(@"^#{1,6}\s+\w+", Options)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\*\*.+?\*\*", Options)]
    private static partial Regex Bold();

    [GeneratedRegex(@"\[.+?\]\(.+?\)", Options)]
    private static partial Regex Link();

    [GeneratedRegex(@"\b(guide|manual|documentation|tutorial|help|readme)\b", Options)]
    private static partial Regex GuideWord();

    [GeneratedRegex(@"<[a-z][^>]*>", Options)]
    private static partial Regex Tag();

    [GeneratedRegex(@"```", Options)]
    private static partial Regex Fence();

    [GeneratedRegex(@"\.(png|jpg|jpeg|gif|bmp)$", Options)]
    private static partial Regex ImageSuffix();

    [GeneratedRegex(@"data:image/[^;]+;base64", Options)]
    private static partial Regex DataImage();

    [GeneratedRegex(@"\b(width|height|resolution|pixels)\b", Options)]
    private static partial Regex ImageWord();

    [GeneratedRegex(@"\A.{1,100}\z", Options)]
    private static partial Regex ShortLine();

    [GeneratedRegex(@"\A\s*\z", Options)]
    private static partial Regex BlankLine();

    [GeneratedRegex(@"^[^,\n]+,\s*-?\d+(\.\d+)?", Options)]
    private static partial Regex NumericCsv();

    [GeneratedRegex(@"error|exception|crash", Options)]
    private static partial Regex NameOfError();
}
