using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Query.Templates;

namespace FaultMaven.Data.Tests.Logs.Strangers;

/// <summary>
/// How well the lines of logs in unknown formats are grouped by their template: with their headers, against their messages alone, which is
/// what could be had if each header were known. The score is kept in the repository, so that a trade shows in the difference.
/// </summary>
public class GroupingStrangersLogs
{
    private const string Approved = "strangers.approved.txt";
    private const double MaxLoss = 0.02;

    private static readonly DateTimeOffset s_reference = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Scores_as_approved()
    {
        var scores = StrangersLog.All().Select(Score.Of).ToList();
        var average = new Score(
            "average", scores.Average(score => score.Raw), scores.Average(score => score.Message), scores.Average(score => score.Cut));
        var page = new StringBuilder();
        foreach (var score in scores.Prepend(average))
        {
            page.Append(CultureInfo.InvariantCulture,
                $"{score.Name,-66} {score.Raw:0.000} of {score.Message:0.000}, {score.Cut:0.000} cut\n");
        }

        await CompareAsync($"{page}");
        Assert.True(average.Raw >= average.Message - MaxLoss, $"{page}");
    }

    /// <summary>How a log was read.</summary>
    /// <param name="Name">The log.</param>
    /// <param name="Raw">The grouping accuracy of its lines.</param>
    /// <param name="Message">The grouping accuracy of its messages alone.</param>
    /// <param name="Cut">The share of lines of which the header, and nothing else, is cut off.</param>
    private sealed record Score(string Name, double Raw, double Message, double Cut)
    {
        public static Score Of(StrangersLog log) => new(log.Name, Accuracy(log.Raw, log.Truth, messageOnly: false),
            Accuracy(log.Messages, log.Truth, messageOnly: true), CutOf(log));
    }

    // The share of lines whose group holds the lines of their template, all of them and no others.
    private static double Accuracy(List<string> lines, List<int> truth, bool messageOnly)
    {
        var mining = new TemplateMining(messageOnly, s_reference);
        mining.Append(Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n"));
        var log = mining.Complete();
        var found = Enumerable.Range(0, lines.Count).ToLookup(log.TemplateOf);
        var size = truth.CountBy(which => which).ToDictionary();
        var right = found.Where(
            group => group.Select(line => truth[line]).Distinct().ToList() is [var only] && size[only] == group.Count());
        return (double)right.Sum(group => group.Count()) / lines.Count;
    }

    private static double CutOf(StrangersLog log)
    {
        var cut = 0;
        var at = 0;
        var parsed = new ParsedLines(s_reference, near: null, (line, scoped in parts) =>
            cut += parts.Message.Trim().SequenceEqual(log.Messages[at++]) ? 1 : 0);
        log.Raw.ForEach(line => parsed.Take(line));
        parsed.Release();
        return (double)cut / log.Raw.Count;
    }

    // Set FAULTMAVEN_APPROVE=1 to take the new score as approved; the difference is then reviewed like any other.
    private static async Task CompareAsync(string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, Approved);
        if (Environment.GetEnvironmentVariable("FAULTMAVEN_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(path, actual, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), actual);
    }
}
