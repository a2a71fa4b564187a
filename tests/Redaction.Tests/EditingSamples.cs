using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// What is found in each sample of the other tests, and what is left of it as the sample is cut, stretched and changed a character at a
/// time. Rules with a limit are tested from both sides of it, and all rules at the ends of the text.
/// </summary>
/// <remarks>
/// <para>
/// The page of a sample lists the outcomes, with positions as in the unedited sample (<c>^</c> is the start of the edited text, <c>$</c>
/// its end), and for each kind of edit how often which outcome came in a row: <c>end b12 a8</c> says that the first twelve cuts left
/// outcome b.
/// </para>
/// <para>
/// <c>EditingSamples.approved.txt</c> holds two lines for each sample: what is found in it, how many of its edits leave that, find
/// something else and find nothing, and a hash of its page. So a change of one outcome of one edit fails the test, and a reviewer sees in
/// one line whether more or less is found. To compare whole pages, approve before and after the change: each time they are written to
/// <c>EditingSamples.pages.txt</c> beside the test program.
/// </para>
/// </remarks>
public sealed class EditingSamples
{
    /// <summary>
    /// Set to anything, this variable makes the test take what is found as approved; the diff is then reviewed like any other.
    /// </summary>
    private const string Approve = "FAULTMAVEN_APPROVE";

    private const string Nothing = "-";
    private const int Longest = 160;
    private const int Shown = 6;
    private const string Replacements = "7 a\"-=\n.";

    // What words may end at or not, on either side of a value.
    private const string Neighbours = "a7é_-.:=/\\@<>\"')];,%&+#\n\u200b";

    private static readonly int[] s_lengths =
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 16, 24, 32, 33, 40, 48, 64, 65, 80, 128, 256, 512, 1024, 2050];
    private static readonly int[] s_gaps = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 24, 32, 38, 39, 40, 41, 64];

    // What a sample may be behind, on its line or above: escapes, prefixes of logs, prose.
    private static readonly string[] s_contexts =
    [
        "x", "7", " ", "k=", "\"", "'", "(", "\\n", "\\x", "%3D", "%3", "\\u003d", "\u001b[31m", "\u001b[1;31m", "[31m", "@", "/", "-",
        "_", ".", "<A_1>", "1 ",
        "INFO ", "ERROR: ", "[main] ", "a=1; ",
        "2026-03-01 10:15:02 ", "We saw that ", "phone ", "card ", "kty \n", "login ", "ENV ", "- ", new('x', 40), new('x', 81),
        new(' ', 241), $"{new string('x', 600)}\n",
    ];

    private static readonly Type[] s_sources =
    [
        typeof(FindingAssignedSecrets), typeof(FindingEncodedSecrets), typeof(FindingPersons), typeof(FindingKnownValues),
            typeof(FindingSecretsInCommands),
        typeof(FindingSecretsInFiles), typeof(FindingHostNames), typeof(RecognizingPersonalData), typeof(RecognizingSecrets),
            typeof(SeeingThroughHomoglyphs),
    ];

    private static readonly string[] s_samples =
    [
        .. s_sources.SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes<InlineDataAttribute>())
            .Select(data => (string)data.Data[0]!).Where(sample => sample.Length <= Longest).Concat(MoreSamples.All).Distinct()
                .Order(StringComparer.Ordinal),
    ];

    private static readonly RecognitionEngine s_engine = new([.. RecognizerCatalogue.All(), .. RecognizerCatalogue.Optional()]);

    private static readonly Lazy<Dictionary<string, string>> s_approved = new(() => File.ReadAllText(ApprovedPath()).Split('\n')
        .Chunk(2).Where(lines => lines.Length == 2).ToDictionary(lines => lines[0], lines => lines[1]));

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, s_samples.Length)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Changes_what_is_found_as_approved(int sample)
    {
        Assert.SkipWhen(IsApproving, "What is found is approved in this run.");

        var page = Describe(s_samples[sample]);

        Assert.True(s_approved.Value.GetValueOrDefault(page.Title) == page.Digest,
            $"{page.Digest} was not approved. The page of the sample is now:\n{page}");
    }

    [Fact]
    public void The_page_holds_each_sample_and_no_other()
    {
        if (IsApproving)
        {
            Page[] pages = [.. s_samples.AsParallel().AsOrdered().Select(Describe)];
            File.WriteAllText(ApprovedPath(), string.Concat(pages.Select(page => $"{page.Title}\n{page.Digest}\n")));
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "EditingSamples.pages.txt"),
                string.Join("\n\n", pages.Select(page => page.ToString())));
        }

        Assert.Equal(s_samples.Select(Title), s_approved.Value.Keys);
    }

    private static bool IsApproving => Environment.GetEnvironmentVariable(Approve) is { Length: > 0 };

    private static Page Describe(string sample)
    {
        var outcomes = new List<string>();
        var counts = new Dictionary<int, int>();
        var page = new StringBuilder();
        var found = Find(sample);
        Outcome(outcomes, sample, found, position => position);
        foreach (var (name, edits) in Edits(sample, found))
        {
            var runs = new List<(int Outcome, int Count)>();
            foreach (var (start, end, replacement) in edits)
            {
                var text = string.Concat(sample.AsSpan(0, start), replacement, sample.AsSpan(end));
                var shift = replacement.Length - (end - start);
                var outcome = Outcome(
                    outcomes,
                    text,
                    Find(text),
                    position => position <= start ? position : position >= end + shift ? position - shift : Math.Min(position, end));
                counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
                if (runs.Count > 0 && runs[^1].Outcome == outcome)
                {
                    runs[^1] = (outcome, runs[^1].Count + 1);
                }
                else
                {
                    runs.Add((outcome, 1));
                }
            }

            page.Append(CultureInfo.InvariantCulture,
                $"\n  {name,-6} {string.Join(' ', runs.Select(run => $"{Letter(run.Outcome)}{run.Count}"))}");
        }

        var nothing = outcomes.IndexOf(Nothing) is > 0 and var index ? counts.GetValueOrDefault(index) : 0;
        var same = counts.GetValueOrDefault(0);
        return new Page(
            Title(sample),
            $"{outcomes[0]}; of {counts.Values.Sum()} edits {same} leave that, {counts.Values.Sum() - same - nothing} find something "
            + $"else, {nothing} nothing",
            $"{string.Join('\n', outcomes.Select((outcome, i) => $"  {Letter(i)} {outcome}"))}{page}");
    }

    // Each edit puts a text in place of what is between two places.
    private static IEnumerable<(string Name, IEnumerable<(int Start, int End, string Replacement)> Edits)> Edits(string sample,
        List<Finding> found)
    {
        var all = Enumerable.Range(0, sample.Length);
        yield return ("end", all.Select(i => (i, sample.Length, "")));
        yield return ("front", all.Skip(1).Select(i => (0, i, "")));
        yield return ("each", all.Select(i => (i, i + 1, $"{Replacements[i % Replacements.Length]}")));
        yield return ("less", all.Select(i => (i, i + 1, "")));
        yield return ("behind", s_contexts.Select(context => (0, 0, context)));
        foreach (var finding in found.Take(2))
        {
            var length = finding.End - finding.Start;
            var value = sample[finding.Start..finding.End];
            var middle = finding.Start + (length / 2);
            yield return ("short", Enumerable.Range(1, length - 1).Select(i => (finding.End - i, finding.End, "")));
            yield return ("long", s_lengths.Select(i => (middle, middle, string.Concat(Enumerable.Repeat(value, (i / length) + 1))[..i])));
            yield return ("far", s_gaps.Select(i => (finding.Start, finding.Start, new string(' ', i))));
            yield return ("before", Neighbours.Select(c => (finding.Start, finding.Start, $"{c}")));
            yield return ("after", Neighbours.Select(c => (finding.End, finding.End, $"{c}")));
        }
    }

    private static int Outcome(List<string> outcomes, string text, List<Finding> found, Func<int, int> origin)
    {
        var outcome = found.Count == 0 ? Nothing : string.Join(' ', found.Take(Shown).Select(finding =>
            $"{finding.Type} {(finding.Start == 0 ? "^" : origin(finding.Start))}.."
            + $"{(finding.End == text.Length ? "$" : origin(finding.End))}"));
        outcome += found.Count > Shown ? $" and {found.Count - Shown} more" : "";
        var known = outcomes.IndexOf(outcome);
        if (known < 0)
        {
            outcomes.Add(outcome);
        }

        return known < 0 ? outcomes.Count - 1 : known;
    }

    private static List<Finding> Find(string text)
    {
        var findings = new FindingList();
        s_engine.Find(text, findings);
        return [.. Enumerable.Range(0, findings.Count).Select(i => findings[i])];
    }

    private static string Letter(int outcome) => outcome < 26 ? $"{(char)('a' + outcome)}"
        : $"{(char)('a' + (outcome / 26) - 1)}{(char)('a' + (outcome % 26))}";

    private static string Title(string sample) => JsonSerializer.Serialize(sample);

    private static string ApprovedPath([CallerFilePath] string here = "") => Path.ChangeExtension(here, ".approved.txt");

    private sealed record Page(string Title, string Summary, string Details)
    {
        public string Digest => $"  {Summary}; {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Details)))[..16]}";

        public override string ToString() => $"{Title}\n{Details}";
    }
}
