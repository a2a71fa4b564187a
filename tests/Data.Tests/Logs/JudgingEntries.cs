using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Symptoms;
using FaultMaven.Data.Analysis.Templates;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Data.Tests.Logs;

/// <summary>The words that messages of one shape share are looked through once; that must never change a verdict.</summary>
public class JudgingEntries
{
    private static readonly string[] s_phrases =
    [
        .. SymptomKind.All.SelectMany(kind => kind.Phrases), .. SymptomRecognizer.Phrases, .. NegationRules.Phrases,
    ];

    private static readonly string[] s_plain =
        [
            "served", "the", "cart", "in", "12", "0", "7 ms", "/var/log/error.log", "https://a.example/fail", "10.0.0.7:443",
            "4bf92f35-77b3-4da6", "eth0", "x509:", "id=", "\"", "(", ")", ":", ",", "status=", "503", "200", "é"];

    private static readonly Arbitrary<string> s_messages =
        Gen.Frequency((6, Gen.Elements(s_plain)), (1, Gen.Elements(s_phrases))).ListOf().Select(pieces => string.Join(' ', pieces))
            .ToArbitrary();

    [Fact]
    public void Finds_a_trigger_word_in_every_phrase() =>
        Assert.All(s_phrases, phrase => Assert.True(phrase.AsSpan().ContainsAny(TriggerWords.Search), phrase));

    [Fact]
    public void Does_not_treat_a_message_that_reports_something_as_plain()
    {
        var miner = new TemplateMiner(TriggerWords.Search);

        Prop.ForAll(s_messages, message =>
        {
            miner.Add(message, out var plain);
            foreach (var level in Enum.GetValues<Proto.EntryLevel>())
            {
                var entry = new LogEvent { StartLine = 1, EndLine = 1, Level = level, Source = "", Host = "", Message = message };
                Assert.True(!plain || EntryVerdict.Of(in entry, message) == EntryVerdict.Plain(level), message);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Looks_at_values_even_when_the_wording_is_known_to_be_plain()
    {
        var miner = new TemplateMiner(TriggerWords.Search);
        miner.Add("wrote /srv/a/b.txt", out var first);

        miner.Add("wrote /srv/error/b.txt", out var second);

        Assert.True(first);
        Assert.False(second);
    }
}
