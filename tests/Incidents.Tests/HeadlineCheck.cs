using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Incidents.Tests;

/// <summary>
/// Finds figures and names in a headline that are not in a cited line, in the question, or in the catalogue. What is derived from cited
/// lines is checked as such: counts of entries, numbers of lines, bytes in other units, times in another notation, and names that headers
/// above a cited line give it.
/// </summary>
internal sealed partial class HeadlineCheck
{
    private static readonly SearchValues<char> s_joints = SearchValues.Create("_-./:@");
    private static readonly string[] s_dates =
        ["MMM d", "MMM  d", "MMM dd", "d MMM", "dd MMM", "dd/MMM/yyyy", "yyyyMMdd", "M/d/yyyy", "yyyy/MM/dd"];

    private static readonly Dictionary<string, double> s_units = new(StringComparer.Ordinal)
    {
        ["KiB"] = 1L << 10, ["MiB"] = 1L << 20, ["GiB"] = 1L << 30, ["TiB"] = 1L << 40,
    };

    private static readonly Lazy<string> s_catalogue = new(() => string.Join('\n',
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Catalogue"), "*.yaml", SearchOption.AllDirectories)
            .Select(File.ReadAllText)));

    private readonly Answer _answer;
    private readonly string _known;
    private readonly List<double> _figures;
    private readonly HashSet<double> _counts;
    private readonly IReadOnlyList<string> _files;

    /// <param name="answer">The answer.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="cited">The lines that it cites.</param>
    /// <param name="signals">The signals of the case, with their counts.</param>
    /// <param name="files">The text of the evidence.</param>
    public HeadlineCheck(
        Answer answer, string question, CitedEvidence cited, IEnumerable<Signal> signals, IReadOnlyList<string> files)
    {
        _answer = answer;
        _files = files;
        _known = $"{cited.Text}\n{question}\n{string.Join('\n', answer.FilesWithoutFindings.Select(file => file.FileName))}";
        _figures = [.. Figures(_known).Select(figure => figure.Value)];
        _counts =
        [
            .. signals.SelectMany(signal => signal.Attributes.Values).SelectMany(Figures).Select(figure => figure.Value),
            .. cited.LineNumbers.Values.SelectMany(numbers => numbers).Select(number => (double)number),
            .. cited.LineNumbers.Values
                .SelectMany(numbers => numbers.SelectMany(one => numbers.Select(other => (double)(one - other + 1)))),
        ];
    }

    public IEnumerable<string> Faults() =>
    [
        .. Missing("answer", _answer.Answer_),
        .. Missing("root cause", _answer.RootCause),
        .. Missing("summary", _answer.Summary),
        .. _answer.Affected.SelectMany(thing => Missing("list of affected things", thing)),
    ];

    private IEnumerable<string> Missing(string where, string text) => Token().Matches(text)
        .Where(match => !IsSupported(match, text))
        .Select(match => $"The {where} says \"{match.Value}\", which is in no cited line: {text}");

    private bool IsSupported(Match match, string text)
    {
        var token = match.Value.Trim('.', ':', '/', '-');
        return !IsName(token)
            || s_units.ContainsKey(token)
            || token is "vCPUs" or "UTC"
            || IsThere(token)
            || (token.AsSpan().ContainsAny('/', '.') && token.Split('/', '.').All(part => IsThere(part) || IsHeader(part)))
            || IsDate(token)
            || (Clock().IsMatch(token) && _files.Any(file => file.Contains(token, StringComparison.Ordinal)))
            || (Figure().IsMatch(token) && !token.Any(char.IsLetter) && Figures(token).All(figure => IsFigure(figure, text, match)));
    }

    private bool IsThere(string token) => _known.Contains(token, StringComparison.OrdinalIgnoreCase)
        || s_catalogue.Value.Contains(token, StringComparison.OrdinalIgnoreCase);

    // The header of a diff or of a section, a key that others are below.
    private bool IsHeader(string part) => _files.Any(file => file.Split('\n').Any(line =>
        line.Contains(part, StringComparison.Ordinal) && Header().IsMatch(line)));

    private bool IsFigure((string Text, double Value) figure, string text, Match match)
    {
        var unit = Unit().Match(text, match.Index + match.Length) is { Success: true } found ? found.Groups[1].Value : "";
        return _figures.Any(known => IsRounded(known, figure))
            || (s_units.TryGetValue(unit, out var size) && _figures.Any(known => IsRounded(known / size, figure)))
            || _counts.Any(known => IsRounded(known, figure));
    }

    private static bool IsRounded(double known, (string Text, double Value) figure)
    {
        var point = figure.Text.IndexOf('.', StringComparison.Ordinal);
        var digits = point < 0 ? 0 : figure.Text.Length - point - 1;
        return Math.Abs(Math.Round(known, digits, MidpointRounding.AwayFromZero) - figure.Value) < 1e-9;
    }

    // A time of a line may come from lines above it, and logs leave out the year.
    private bool IsDate(string token) =>
        DateTimeOffset.TryParse(token, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        && s_dates.Append("yyyy-MM-dd").Select(form => time.ToString(form, CultureInfo.InvariantCulture))
            .Any(date => _files.Any(file => file.Contains(date, StringComparison.OrdinalIgnoreCase)));

    private static bool IsName(string token) => token.Any(char.IsDigit)
        || token.AsSpan().ContainsAny(s_joints)
        || token.Skip(1).Any(char.IsUpper);

    private static IEnumerable<(string Text, double Value)> Figures(string text) => Figure().Matches(text)
        .Select(match => (match.Value, double.Parse(match.Value.Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"\d{1,3}(?:,\d{3})+|[A-Za-z0-9_][A-Za-z0-9_./:@-]*")]
    private static partial Regex Token();

    [GeneratedRegex(@"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")]
    private static partial Regex Figure();

    [GeneratedRegex(@"^(?:\+\+\+|---|diff|@@|[ +-]?\s*\[)|[:{]\s*$")]
    private static partial Regex Header();

    [GeneratedRegex(@"^\d\d:\d\d(?::\d\d)?$")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\G\s*([KMGT]iB)")]
    private static partial Regex Unit();
}
