using FaultMaven.Data.Analysis.Templates;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Data.Tests.Templates;

public class MergingMiners
{
    private static readonly string[] s_words =
    [
        "listener", "started", "stopped", "user", "ann", "bob", "cyd", "eth0", "eth1", "e820", "12", "7.5", "ms", "MB", "10.0.0.7:80",
        "/var/log/a", "key=", "\"", "(", ")", ",", ":", "true", "a", "b",
    ];

    private static readonly Arbitrary<(string[] Lines, int Shards)> s_logs =
        Gen.Elements(s_words).ListOf().Where(words => words.Count > 0).Select(words => string.Join(' ', words)).ListOf()
            .SelectMany(lines => Gen.Choose(1, 5), (lines, shards) => (lines.ToArray(), shards)).ToArbitrary();

    [Fact]
    public void Gives_the_templates_of_one_miner_however_the_lines_were_dealt_out() =>
        Prop.ForAll(s_logs, Gen.Choose(0, 1_000).ToArbitrary(), (log, seed) =>
    {
        var (lines, shards) = log;
        var random = new Random(seed);
        var dealt = Enumerable.Range(0, shards).Select(_ => new TemplateMiner()).ToList();
        foreach (var line in lines.OrderBy(_ => random.Next()))
        {
            dealt[random.Next(shards)].Add(line);
        }

        var merged = dealt[0];
        dealt.Skip(1).ToList().ForEach(merged.Merge);

        var whole = new TemplateMiner();
        Array.ForEach(lines, line => whole.Add(line));
        Assert.Equal(Told(whole), Told(merged));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Loses_no_message_when_there_are_too_many_shapes()
    {
        var (first, second) = (new ShapeTable(maxShapes: 20), new ShapeTable(maxShapes: 20));
        for (var i = 0; i < 500; i++)
        {
            first.Add($"{Word(i)} {Word(3 * i)}, {Word(i + 1)}");
            second.Add($"{Word(7 * i)} {Word(i)}; {Word(i + 9)}");
        }

        first.Merge(second);

        Assert.Equal(1_000, first.Shapes.Sum(shape => shape.Count));
        Assert.InRange(first.Shapes.Count, 20, 41);
    }

    [Fact]
    public void Gives_a_template_the_same_key_in_every_file()
    {
        var (first, second) = (new TemplateMiner(), new TemplateMiner());
        first.Add("listener started");
        first.Add("order 7 took 12 ms");
        second.Add("order 991 took 3 ms");

        Assert.Equal(first.Mine().Templates[1].Key, Assert.Single(second.Mine().Templates).Key);
        Assert.NotEqual(first.Mine().Templates[0].Key, first.Mine().Templates[1].Key);
    }

    private static List<(string Text, long Count)> Told(TemplateMiner miner) =>
        [
            .. miner.Mine().Templates.GroupBy(template => template.Text).Select(same => (same.Key, same.Sum(template => template.Count)))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    private static string Word(int seed) => string.Concat($"{seed + 100}".Select(digit => (char)('g' + (digit - '0'))));
}
