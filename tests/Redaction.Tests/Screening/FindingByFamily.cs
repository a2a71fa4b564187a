using FaultMaven.Redaction.Screening;

namespace FaultMaven.Redaction.Tests.Screening;

/// <summary>
/// How much of what speaks to models is found, by what it is after, in texts of our own: those that rules were made with, and those that
/// were written and put away before and whose misses no one has looked at. Whoever looks at them writes new ones.
/// </summary>
public sealed class FindingByFamily(ITestOutputHelper output)
{
    [Theory]
    [InlineData("attacks", .9)]
    [InlineData("unseen-attacks", .8)]
    [InlineData("unseen-attacks-2", .45)]
    public void Most_demands_are_found(string corpus, double floor)
    {
        var found = Attacks(corpus).Select(attack => (attack.Family, IsFound: IsFlagged(attack.Text))).ToList();

        foreach (var family in found.GroupBy(attack => attack.Family))
        {
            output.WriteLine($"{family.Key,-14} {family.Count(attack => attack.IsFound),3} of {family.Count(),3}");
        }

        output.WriteLine($"{"all",-14} {found.Count(attack => attack.IsFound),3} of {found.Count,3}");
        Assert.InRange(found.Average(attack => attack.IsFound ? 1 : 0), floor, 1);
    }

    [Theory]
    [InlineData("ordinary", .01)]
    [InlineData("unseen-ordinary", .04)]
    [InlineData("unseen-ordinary-2", .04)]
    public void Ordinary_text_with_the_same_words_is_left_alone(string corpus, double ceiling)
    {
        var lines = Lines(corpus).ToList();
        var alarms = lines.Count(IsFlagged);

        output.WriteLine($"{alarms} of {lines.Count}");
        Assert.InRange((double)alarms / lines.Count, 0, ceiling);
    }

    // Alone, and between the lines of a log.
    private static bool IsFlagged(string text) =>
        new PassageScan().Next(text).Count > 0 && new PassageScan()
            .Next($"2026-03-01T10:00:00Z INFO ok\n{text}\n2026-03-01T10:00:01Z INFO ok\n").Count > 0;

    private static IEnumerable<(string Family, string Text)> Attacks(string corpus)
    {
        var family = "";
        foreach (var line in Lines(corpus))
        {
            if (line[0] == '[' && line[^1] == ']' && line[1..^1].All(char.IsAsciiLetterLower))
            {
                family = line[1..^1];
            }
            else
            {
                yield return (family, line);
            }
        }
    }

    private static IEnumerable<string> Lines(string corpus)
    {
        using var stream = typeof(FindingByFamily).Assembly.GetManifestResourceStream($"Corpus/{corpus}")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return line.Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\u200b", "\u200b", StringComparison.Ordinal);
            }
        }
    }
}
