using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Query.KeyLines;

namespace FaultMaven.Benchmarks;

/// <summary>An incident with its lines, and which of them its author marked: the number of the mark.</summary>
internal sealed record MarkedCase(
    string Name, string Question, IReadOnlyList<EvidenceFile> Files, IReadOnlyList<LineGroup> Lines, Dictionary<LineGroup, int> Marks)
{
    // The lines that are not marked count together as much as this many, however long the logs are.
    private const double Unmarked = 80;

    public static MarkedCase Read(string folder)
    {
        var answer = MarkedAnswer.Read(Path.Combine(folder, "answer.yml"));
        var (files, lines, marks) = (new List<EvidenceFile>(), new List<LineGroup>(), new Dictionary<LineGroup, int>());
        var reader = new LineGroupReader(Terms.NamesOf(answer.Question), DateTimeOffset.UnixEpoch.AddYears(60));
        foreach (var path in Directory.EnumerateFiles(folder)
            .Where(path => Path.GetFileName(path) != "answer.yml").Order(StringComparer.Ordinal))
        {
            var (text, name) = (File.ReadAllText(path), Path.GetFileName(path));
            var type = EvidenceClassifier.Classify(name, text[..Math.Min(text.Length, EvidenceClassifier.MaxLength)], false).Type;
            var found = reader.Read(files.Count, type, text, CancellationToken.None);
            var raw = text.Split('\n');
            for (var mark = 0; mark < answer.KeyLines.Count; mark++)
            {
                if (answer.KeyLines[mark].File == name)
                {
                    var pattern = new Regex(answer.KeyLines[mark].Line, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
                    foreach (var group in found.Where(group => IsMarked(group, raw, pattern)))
                    {
                        marks.TryAdd(group, mark);
                    }
                }
            }

            files.Add(EvidenceFile.Of(new FaultMaven.Protos.Data.V1.Evidence { FileName = name, Type = type }, raw.Length, found));
            lines.AddRange(found);
        }

        return new MarkedCase(Path.GetFileName(folder), answer.Question, files, lines, marks);
    }

    public IEnumerable<LogisticRegression.Row> Rows()
    {
        var features = new LineFeatures(Question, Files, Lines);
        var shared = Marks.Values.CountBy(mark => mark).ToDictionary();
        var unmarked = Math.Min(1, Unmarked / Math.Max(1, Lines.Count - Marks.Count));
        return Lines.Select(line => Marks.TryGetValue(line, out var mark)
            ? new LogisticRegression.Row(features.Of(line), true, 1.0 / shared[mark])
            : new LogisticRegression.Row(features.Of(line), false, unmarked));
    }

    private static bool IsMarked(LineGroup group, string[] raw, Regex pattern) =>
        pattern.IsMatch(raw[(int)group.Line - 1]) || (group.Count > 1 && pattern.IsMatch(raw[(int)group.LastLine - 1]));
}
