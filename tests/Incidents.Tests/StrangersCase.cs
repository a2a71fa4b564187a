using System.Text.Json;
using System.Text.RegularExpressions;
using FaultMaven.Protos.Agent.V1;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FaultMaven.Incidents.Tests;

/// <summary>How right an answer is.</summary>
internal enum Grade
{
    /// <summary>The verdict and the category are right, and the headline names what must be named.</summary>
    Right,

    /// <summary>Half of it.</summary>
    Partly,

    /// <summary>"Not enough evidence", where there was enough.</summary>
    Honest,

    /// <summary>Wrong, and said with reserve.</summary>
    WrongHedged,

    /// <summary>Wrong, and said as a fact.</summary>
    WrongConfident,
}

/// <summary>An incident written by people who had not seen the product: a folder of evidence with an <c>answer.yml</c>.</summary>
internal sealed class StrangersCase
{
    private const string AnswerFile = "answer.yml";
    private const string Diagnosis = "diagnosis";

    // A headline, not a dump.
    private const int HeadlineLength = 1_500;

    public string Question { get; set; } = "";

    /// <summary>What is asked for: a diagnosis, or an answer to a narrower question.</summary>
    public string Kind { get; set; } = Diagnosis;

    /// <summary>One verdict, or a list of those that are acceptable.</summary>
    public object Verdict { get; set; } = "";

    public List<string> Category { get; set; } = [];

    public List<List<string>> MustName { get; set; } = [];

    public List<string> MustNotBlame { get; set; } = [];

    public List<string> AskFor { get; set; } = [];

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Strangers");

    public static IEnumerable<string> Names =>
        Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static async Task<StrangersCase> ReadAsync(string name, CancellationToken cancellationToken)
    {
        var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance)
            .IgnoreUnmatchedProperties().Build();
        return reader.Deserialize<StrangersCase>(await File.ReadAllTextAsync(Path.Combine(Root, name, AnswerFile), cancellationToken));
    }

    public static IEnumerable<string> EvidenceOf(string name) =>
        Directory.EnumerateFiles(Path.Combine(Root, name)).Where(path => Path.GetFileName(path) != AnswerFile)
            .Order(StringComparer.Ordinal);

    private IReadOnlyList<string> Verdicts =>
        Verdict is IEnumerable<object> several ? [.. several.Select(each => $"{each}")] : [$"{Verdict}"];

    /// <summary>Grades an answer.</summary>
    public Grade GradeOf(Answer answer)
    {
        var headline = $"{answer.Answer_} {answer.RootCause} {answer.Summary}".Replace(Question, "", StringComparison.Ordinal);
        headline = headline[..Math.Min(headline.Length, HeadlineLength)];
        var asked = string.Join(' ', answer.DataRequests.Select(request => $"{request.What} {request.Why} {request.Command}"));
        var everything = $"{headline} {asked} {string.Join(' ', answer.Claims.Select(claim => claim.Text))}";
        var named = MustName.ConvertAll(group => group.Exists(pattern => Has(headline, pattern)));
        var namedAnywhere = MustName.ConvertAll(group => group.Exists(pattern => Has(everything, pattern)));
        var blamed = MustNotBlame.Exists(pattern => Has(answer.RootCause, pattern));
        var verdict = JsonNamingPolicy.SnakeCaseLower.ConvertName(answer.Verdict.ToString());
        var isQuestion = Kind != Diagnosis;
        var isVerdict = isQuestion || Verdicts.Contains(verdict == "probable_cause" ? "cause_found" : verdict);
        var isCategory = isQuestion || Category.Contains(JsonNamingPolicy.SnakeCaseLower.ConvertName(answer.Category.ToString()));

        return answer.Verdict switch
        {
            Protos.Agent.V1.Verdict.NotEnoughEvidence when Verdicts.Contains(verdict) =>
                AskFor.TrueForAll(pattern => Has(everything, pattern)) ? Grade.Right : Grade.Partly,
            _ when isVerdict && !blamed && isCategory && named.TrueForAll(found => found) => Grade.Right,
            Protos.Agent.V1.Verdict.NotEnoughEvidence => namedAnywhere.TrueForAll(found => found) ? Grade.Partly : Grade.Honest,
            Protos.Agent.V1.Verdict.NoActiveFailure when isVerdict && !blamed => Grade.Partly,
            _ when isVerdict && !blamed && (IsHalf(named) || (!isQuestion && isCategory && IsHalf(namedAnywhere))
                || (isQuestion && namedAnywhere.TrueForAll(found => found))) => Grade.Partly,
            Protos.Agent.V1.Verdict.CauseFound or Protos.Agent.V1.Verdict.NoActiveFailure => Grade.WrongConfident,
            _ => answer.Assurance == Assurance.Confirmed ? Grade.WrongConfident : Grade.WrongHedged,
        };
    }

    private static bool IsHalf(List<bool> found) => found.Count > 0 && 2 * found.Count(each => each) >= found.Count;

    private static bool Has(string text, string pattern) =>
        Regex.IsMatch(text, pattern, RegexOptions.IgnoreCase | RegexOptions.Singleline | RegexOptions.CultureInvariant);
}
