using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Documents.Changes;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.SourceCode;

/// <summary>
/// Finds what a source file declares, where it swallows errors, and what its authors left to do. Of a diff it finds how much changed
/// where.
/// </summary>
internal sealed partial class SourceCodeAnalyzer : IEvidenceAnalyzer
{
    private const int MaxFunctions = 20;
    private const int MaxTypes = 15;
    private const int MaxRemarks = 20;
    private const int MaxLines = 50_000;
    private const int MaxLineLength = 1_000;

    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType> { Proto.EvidenceType.SourceCode };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        var signals = new SignalBuilder(source, text);
        if (ConfigDiff.IsDiff(text))
        {
            ReadDiff(text, signals, cancellationToken);
            return signals.ToAnalysis();
        }

        var lines = new List<string>();
        for (var number = 1; number <= Math.Min(text.LineCount, MaxLines); number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number);
            lines.Add((line.Length <= MaxLineLength ? line : line[..MaxLineLength]).ToString());
        }

        var subject = $"file/{source.FileName}";
        ReadRemarks(lines, subject, signals);
        if (SourceLanguage.Of(source.FileName, lines) is { } language)
        {
            ReadOutline(lines, language, subject, signals);
            ReadHandlers(lines, language, subject, signals);
        }

        return signals.ToAnalysis();
    }

    private static void ReadOutline(List<string> lines, SourceLanguage language, string subject, SignalBuilder signals)
    {
        var functions = Named(lines, language.Function, MaxFunctions);
        var types = Named(lines, language.Type, MaxTypes);
        if (functions.Count + types.Count == 0)
        {
            return;
        }

        var handlers = lines.Count(line => language.Handler.IsMatch(line));
        signals.Add(new SignalDraft(
            "code.outline", subject,
            $"{language.Name} with {Told(types, "types")}{(types.Count > 0 && functions.Count > 0 ? " and " : "")}"
                + $"{Told(functions, "functions")}"
                + $"{(handlers > 0 ? $"; errors are handled {(handlers == 1 ? "once" : $"{handlers} times")}" : "")}.",
            [.. types.Concat(functions).OrderBy(found => found.Line).Select(found => (LineRange?)new LineRange(found.Line, found.Line))])
        {
            Severity = Proto.Severity.Info,
            Surprise = 0.1,
            Attributes =
                [("language", language.Name), ("names", string.Join(' ', types.Concat(functions).Select(found => found.Name))),
                ("count", types.Count + functions.Count)],
        });
    }

    private static string Told(List<(string Name, int Line)> found, string what) => found.Count == 0 ? ""
        : $"{what} {string.Join(", ", found.Select(item => item.Name))}";

    private static List<(string Name, int Line)> Named(List<string> lines, Regex pattern, int most)
    {
        var found = new List<(string Name, int Line)>();
        for (var i = 0; i < lines.Count && found.Count < most; i++)
        {
            if (pattern.Match(lines[i]) is { Success: true } match && match.Groups["name"].Length > 0)
            {
                found.Add((match.Groups["name"].Value, i + 1));
            }
        }

        return found;
    }

    // except Exception:
    //     pass
    private static void ReadHandlers(List<string> lines, SourceLanguage language, string subject, SignalBuilder signals)
    {
        var places = new List<LineRange?>();
        for (var i = 0; i < lines.Count && places.Count < MaxRemarks; i++)
        {
            if (language.Handler.Match(lines[i]) is not { Success: true } match)
            {
                continue;
            }

            var rest = lines[i][(match.Index + match.Length)..].Trim();
            var next = i + 1 < lines.Count ? lines[i + 1].Trim() : "";
            if (language.Name == "Shell" || rest is "}" or "pass"
                || (rest.Length == 0 && next is "}" or "pass" or "..." or "end" or "NULL;" or "null;")
                || next is "// ignore" or "// ignored")
            {
                places.Add(new LineRange(i + 1, Math.Min(i + 2, lines.Count)));
            }
        }

        if (places.Count > 0)
        {
            signals.Add(new SignalDraft("code.error_swallowed", subject, places.Count == 1 ? "An error is swallowed in one place."
                : $"Errors are swallowed in {places.Count} places.", places)
            {
                Severity = Proto.Severity.Info,
                Surprise = 0.4,
                Attributes = [("language", language.Name), ("count", places.Count)],
            });
        }
    }

    private static void ReadRemarks(List<string> lines, string subject, SignalBuilder signals)
    {
        var remarks = 0;
        for (var i = 0; i < lines.Count && remarks < MaxRemarks; i++)
        {
            if (Remark().Match(lines[i]) is { Success: true } match)
            {
                remarks++;
                signals.Add(new SignalDraft("code.marker", subject, $"Left to do: {match.Groups["text"].Value.Trim()}",
                    new LineRange(i + 1, i + 1))
                {
                    Severity = Proto.Severity.Info,
                    Surprise = 0.2,
                    Attributes = [("message", match.Groups["text"].Value.Trim())],
                });
            }
        }
    }

    private static void ReadDiff(SourceText text, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var files = new List<(string File, int Added, int Removed, int First, int Last)>();
        for (var number = 1; number <= text.LineCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number);
            if (line.StartsWith("+++ ", StringComparison.Ordinal))
            {
                files.Add((ConfigDiff.FileOf(line[4..]), 0, 0, number, number));
            }
            else if (files.Count > 0 && line is ['+' or '-', ..] && !line.StartsWith("--- ", StringComparison.Ordinal))
            {
                var (file, added, removed, first, _) = files[^1];
                files[^1] = line[0] == '+' ? (file, added + 1, removed, first, number) : (file, added, removed + 1, first, number);
            }
        }

        foreach (var (file, added, removed, first, last) in files.Take(MaxRemarks))
        {
            signals.Add(new SignalDraft("code.changed", $"file/{file}", $"{file} changed: {added} lines added, {removed} removed.",
                new LineRange(first, last))
            {
                Severity = Proto.Severity.Info,
                Surprise = 0.3,
                Attributes = [("file", file), ("added", added), ("removed", removed)],
            });
        }
    }

    [GeneratedRegex(@"(//|#|--|/\*|<!--|;|\*)\s{0,10}(?<text>(TODO|FIXME|HACK|XXX)\b.{0,300})", RegexOptions.ExplicitCapture)]
    private static partial Regex Remark();
}
