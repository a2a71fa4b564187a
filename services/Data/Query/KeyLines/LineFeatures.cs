using System.Globalization;
using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Statements;

namespace FaultMaven.Data.Query.KeyLines;

/// <summary>
/// What distinguishes a line that an engineer would quote from the rest of a case's evidence, as figures from 0 to 1: what it says, how
/// unlike the rest of its file it is, which names it shares with other files and with the question, and when it was first seen.
/// <c>key-line-weights.txt</c> has the weight of each.
/// </summary>
internal sealed partial class LineFeatures
{
    /// <summary>The names of the features, in the order of their figures.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "shape", "diff", "link_of_max", "long_file", "new_at_onset", "command", "near_name", "cause_class", "figure", "prose",
        "link_strong", "reason", "before_onset", "state", "rare", "not_from_start", "names", "file_share", "log_rare_problem",
        "asked_time", "asked_name", "change",
    ];

    // A name on more lines than this ties nothing together.
    private const int MaxLinked = 12;

    // Shorter names are alike by chance.
    private const int MinNearName = 6;

    private static readonly TimeSpan s_beforeOnset = TimeSpan.FromHours(4);

    // What fails for a reason of its own; the rest (refused, timed out, lost, slow) is mostly an effect.
    private static readonly HashSet<StatementClass> s_causes =
    [
        StatementClass.Exhausted, StatementClass.Missing, StatementClass.Invalid, StatementClass.Conflict, StatementClass.Expired,
        StatementClass.Corrupt, StatementClass.Diverged, StatementClass.Misconfigured, StatementClass.Denied, StatementClass.Throttled,
    ];

    private readonly IReadOnlyList<EvidenceFile> _files;
    private readonly Dictionary<string, int> _linesOfName;
    private readonly Dictionary<string, int> _filesOfName;
    private readonly HashSet<string> _ambiguous;
    private readonly Dictionary<(int File, string Shape), int> _linesOfShape;
    private readonly Dictionary<int, int> _linesOfFile;
    private readonly HashSet<string> _askedNames;
    private readonly List<int> _askedMinutes;
    private readonly double _strongestLink;
    private readonly DateTimeOffset? _onset;

    /// <param name="question">What was asked, redacted like the evidence.</param>
    /// <param name="files">The evidence of the case.</param>
    /// <param name="lines">All that it says.</param>
    public LineFeatures(string question, IReadOnlyList<EvidenceFile> files, IReadOnlyList<LineGroup> lines)
    {
        _files = files;
        var byName = lines.SelectMany(line => line.Names.Select(name => (Name: name, line.File)))
            .ToLookup(pair => pair.Name, pair => pair.File);
        _linesOfName = byName.ToDictionary(found => found.Key, found => found.Count(), StringComparer.Ordinal);
        _filesOfName = byName.ToDictionary(found => found.Key, found => found.Distinct().Count(), StringComparer.Ordinal);
        _ambiguous = [.. _linesOfName.Keys.Where(name => name.Length >= MinNearName && name.Any(char.IsLetter)).GroupBy(Letters)
            .Where(forms => forms.Count() > 1).SelectMany(forms => forms)];
        _linesOfShape = lines.CountBy(line => (line.File, Shape(line))).ToDictionary();
        _linesOfFile = lines.CountBy(line => line.File).ToDictionary();
        _askedNames = [.. Terms.NamesOf(question).Where(_linesOfName.ContainsKey)];
        _askedMinutes = [.. MinutesIn(question)];
        _strongestLink = lines.Select(line => Link(line).Sum).DefaultIfEmpty().Max();
        _onset = OnsetOf(lines, Terms.WordsOf(question));
    }

    /// <summary>The features of a line.</summary>
    public double[] Of(LineGroup line)
    {
        var file = _files[line.File];
        var isLog = file.Type == Proto.EvidenceType.Logs;
        var problem = line.Statement is { IsProblem: true } said ? said : null;
        var (links, link) = Link(line);
        var rare = 1 / (1 + Math.Log(line.Count));
        return
        [
            1.0 / _linesOfShape[(line.File, Shape(line))],
            Flag(file.IsDiff && IsChangedLine(line.Text)),
            _strongestLink > 0 ? links / _strongestLink : 0,
            Math.Min(1, Math.Log(Math.Max(1, file.Lines)) / 7),
            Flag(_onset is { } onset && line.First >= onset - TimeSpan.FromMinutes(1)),
            Flag(file.Type == Proto.EvidenceType.CommandOutput),
            Flag(line.Names.Any(_ambiguous.Contains)),
            Flag(problem is not null && s_causes.Contains(problem.Class)),
            Flag(line.Statement is { Quantity.Length: > 0 } or { Limit.Length: > 0 }),
            Flag(file.Type is Proto.EvidenceType.Text or Proto.EvidenceType.Documentation),
            link,
            Flag(Reason().IsMatch(line.Text)),
            BeforeOnset(line),
            Flag(State().IsMatch(line.Text)),
            rare,
            Flag(isLog && line.Line > file.Lines * 0.1),
            Math.Min(1, line.Names.Count / 6.0),
            1.0 / _linesOfFile[line.File],
            isLog && problem is { IsWeak: false } ? problem.Specificity * rare : 0,
            AskedTime(line),
            Flag(line.Names.Overlaps(_askedNames)),
            Flag(Change().IsMatch(line.Text)),
        ];
    }

    private static double Flag(bool holds) => holds ? 1 : 0;

    /// <summary>True for an added or removed line of a diff.</summary>
    public static bool IsChangedLine(string text) => text is ['+' or '-', ..]
        && !text.StartsWith("+++", StringComparison.Ordinal) && !text.StartsWith("---", StringComparison.Ordinal);

    // A name that few lines share, in more than one file, ties them together.
    private (double Sum, double Strongest) Link(LineGroup line)
    {
        var (sum, strongest) = (0.0, 0.0);
        foreach (var name in line.Names)
        {
            if (_filesOfName[name] > 1 && _linesOfName[name] <= MaxLinked)
            {
                var link = 1 / Math.Sqrt(_linesOfName[name] - 1);
                sum += link;
                strongest = Math.Max(strongest, link);
            }
        }

        return (Math.Min(1, sum / 3), strongest);
    }

    private double BeforeOnset(LineGroup line)
    {
        if (_onset is not { } onset || line.First is not { } first)
        {
            return 0;
        }

        var before = onset - first;
        return before >= TimeSpan.FromMinutes(-1) && before < s_beforeOnset ? Math.Exp(-Math.Max(0, before.TotalMinutes) / 20) : 0;
    }

    private double AskedTime(LineGroup line)
    {
        if (_askedMinutes.Count == 0)
        {
            return 0;
        }

        var minutes = line.First is { } first ? [(first.Hour * 60) + first.Minute] : MinutesIn(line.Text);
        var nearest = minutes.SelectMany(_ => _askedMinutes, (own, asked) => Math.Abs(own - asked)).DefaultIfEmpty(int.MaxValue).Min();
        return Math.Exp(-nearest / 8.0);
    }

    // When the trouble that was asked about began: what is said of it most often, and with the most of the question's words.
    private static DateTimeOffset? OnsetOf(IReadOnlyList<LineGroup> lines, HashSet<string> asked)
    {
        var troubles = lines.Where(line => line.First is not null && line.Count >= 2 && line.Statement is { IsProblem: true }).ToList();
        return troubles.Count == 0 ? null : troubles.MaxBy(line => ((double)line.Words.Count(asked.Contains) / Math.Max(1, asked.Count))
            + (0.1 * Math.Log(line.Count)) + (line.Level >= Proto.EntryLevel.Warning ? 0.3 : 0))!.First;
    }

    private static IEnumerable<int> MinutesIn(string text) => Clock().Matches(text)
        .Select(match => (int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * 60)
            + int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture));

    // "data-pg" and "data_pg" are written alike, and are not the same.
    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));

    /// <summary>A line without its values.</summary>
    public static string Shape(LineGroup line) => WithFigure().Replace(line.Text, "#");

    [GeneratedRegex(@"[\p{L}\d_./:-]*\d[\p{L}\d_./:-]*")]
    private static partial Regex WithFigure();

    [GeneratedRegex(@"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?!\.\d)")]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"\b(chang\w+|renam\w+|delet\w+|destroy\w*|remov\w+|add(ed|ing)|creat(ed|ing)|replac\w+|upgrad\w+|deploy\w*|roll(ed|out|ing)"
        + @"|migrat\w+|enabl\w+|disabl\w+|reload\w*|re-?appl\w+|switch(ed|ing)|mov(ed|ing)|updat\w+|rotat\w+|bump\w*|merg(ed|e)|commit"
        + @"|was:?|previous(ly)?|instead|now|new|set to|raised|lowered|reduced|increased|version|suspend\w*|revert\w*)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Change();

    [GeneratedRegex(
        @"\b(because|due to|reason|caused by|since|as no|unless|therefore|so that|until|still|never|only|without|instead of|more than"
        + @"|exceed\w*|limit|max\w*|minimum|at least|threshold)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Reason();

    [GeneratedRegex(
        @"\b(false|no|none|0|off|disabled|unknown|failed|down|suspended|stopped|inactive|pending|degraded|stale|idle|blocked|waiting"
        + @"|unhealthy|not)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex State();
}
