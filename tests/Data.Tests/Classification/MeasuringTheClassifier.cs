using System.Globalization;
using System.Text;
using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Tests.Classification.Corpus;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification;

/// <summary>Measures the classifier on a corpus of our own making, beside the rules of the original.</summary>
public sealed class MeasuringTheClassifier(ITestOutputHelper output)
{
    private const int SamplesPerMaker = 6;
    private const int Buckets = 10;

    private static readonly IReadOnlyList<LabelledSample> s_corpus = [.. Made(seed: 1), .. HandMade.All];

    [Fact]
    public void Knows_what_a_sample_is_far_more_often_than_the_original_rules()
    {
        var wrong = s_corpus.Where(sample => Classify(sample).Type != sample.Type).ToList();
        var ours = 1 - ((double)wrong.Count / s_corpus.Count);
        var original =
            s_corpus.Count(sample => IsRight(sample.Type, OriginalRules.Classify(sample.FileName, sample.Content)))
            / (double)s_corpus.Count;

        Write($"{s_corpus.Count} samples ({HandMade.All.Count} by hand); accuracy {ours:0.000}, original rules {original:0.000}\n"
            + $"{Tell(wrong)}");
        Assert.True(s_corpus.Count >= 300, $"{s_corpus.Count} samples");
        Assert.True(ours >= 0.97 && ours > original + 0.2, $"accuracy {ours:0.000}, original rules {original:0.000}:\n{Tell(wrong)}");
    }

    [Fact]
    public void Is_right_about_as_often_as_it_says()
    {
        // The calibration was read off other samples.
        var fresh = Made(seed: 20240501).ToList();
        var answers = fresh.Concat(Distorted(fresh, seed: 20240502)).Concat(HandMade.All).Concat(Ambiguous.All)
            .Select(sample => (Classified: Classify(sample), sample.Type)).ToList();
        var table = new StringBuilder();
        var error = 0d;

        foreach (var bucket in answers
            .GroupBy(answer => Math.Min(Buckets - 1, (int)(answer.Classified.Confidence * Buckets)))
            .OrderBy(bucket => bucket.Key))
        {
            var said = bucket.Average(answer => answer.Classified.Confidence);
            var right = bucket.Count(answer => answer.Classified.Type == answer.Type) / (double)bucket.Count();
            error += Math.Abs(said - right) * bucket.Count() / answers.Count;
            table.Append(
                CultureInfo.InvariantCulture,
                $"{bucket.Key / 10.0:0.0}: {bucket.Count()} answers, said {said:0.000}, right {right:0.000}\n");
        }

        Write($"{answers.Count} answers, expected calibration error {error:0.000}\n{table}");
        Assert.True(error <= 0.05, $"expected calibration error {error:0.000}\n{table}");
    }

    [Fact]
    public void Asks_where_it_is_more_often_wrong()
    {
        var answers = s_corpus.Select(sample => (Classified: Classify(sample), sample.Type)).ToList();
        var asked = answers.Where(answer => answer.Classified.NeedsConfirmation).ToList();
        var kept = answers.Where(answer => !answer.Classified.NeedsConfirmation).ToList();

        Write($"asks about {asked.Count} of {answers.Count}; of those {asked.Count(answer => answer.Classified.Type != answer.Type)} are "
            + $"wrong, of the others {kept.Count(answer => answer.Classified.Type != answer.Type)}\n"
            + $"{Tell(s_corpus.Where(sample => Classify(sample).NeedsConfirmation))}");
        Assert.InRange(asked.Count, 0, answers.Count / 20);
        Assert.All(answers, answer => Assert.NotEmpty(answer.Classified.Reasons));
        Assert.All(answers, answer => Assert.InRange(answer.Classified.Confidence, 0, 1));
    }

    [Fact]
    public void Asks_about_what_is_two_things_in_one_or_too_little_of_any()
    {
        var answers = Ambiguous.All.Select(sample => (Classified: Classify(sample), Sample: sample)).ToList();
        var unasked = answers.Where(answer => !answer.Classified.NeedsConfirmation).Select(answer => answer.Sample).ToList();
        var right = answers.Count(answer => answer.Classified.Type == answer.Sample.Type);

        Write($"{answers.Count} ambiguous samples: asks about {answers.Count - unasked.Count}; the likeliest type is the one meant for "
            + $"{right}, one of those offered for {answers.Count(answer => Offers(answer.Classified, answer.Sample.Type))}");
        Assert.True(unasked.Count == 0, Tell(unasked));
    }

    [Fact]
    public void Is_as_good_on_unseen_samples()
    {
        var fresh = Made(seed: 20240501).ToList();
        var wrong = fresh.Where(sample => Classify(sample).Type != sample.Type).ToList();

        Write($"{fresh.Count} fresh samples, {wrong.Count} wrong\n{Tell(wrong)}");
        Assert.True(wrong.Count <= 0.03 * fresh.Count, Tell(wrong));
    }

    [Fact]
    public void Still_knows_most_of_what_was_cut_quoted_or_pasted_with_other_words()
    {
        var distorted = Distorted(Made(seed: 3).ToList(), seed: 4).ToList();
        var wrong = distorted.Where(sample => Classify(sample).Type != sample.Type).ToList();
        var original =
            distorted.Count(sample => IsRight(sample.Type, OriginalRules.Classify(sample.FileName, sample.Content)))
            / (double)distorted.Count;
        var ours = 1 - ((double)wrong.Count / distorted.Count);
        var unasked = wrong.Count(sample => !Classify(sample).NeedsConfirmation);

        Write($"{distorted.Count} distorted samples; accuracy {ours:0.000}, original rules {original:0.000}; {wrong.Count} wrong, "
            + $"{unasked} of them without asking\n{Tell(wrong)}");
        Assert.True(ours >= 0.9 && ours > original + 0.2, $"accuracy {ours:0.000}, original rules {original:0.000}:\n{Tell(wrong)}");
    }

    /// <summary>
    /// The samples as people mangle them: cut off, quoted, with Windows line ends, below a line of their own, or with blank lines.
    /// </summary>
    private static IEnumerable<LabelledSample> Distorted(IReadOnlyList<LabelledSample> samples, int seed)
    {
        var random = new Random(seed);

        return from sample in samples
               where sample.Type is not (EvidenceType.Unanalyzable or EvidenceType.Image) && sample.Content.Length > 120
               select sample with
               {
                   Origin = $"{sample.Origin}, distorted",
                   Content = random.Next(6) switch
                   {
                       0 => sample.Content[..(sample.Content.Length * 2 / 3)],
                       1 => sample.Content.Replace("\n", "\r\n", StringComparison.Ordinal),
                       2 => $"Here is what I found on the host:\n\n{sample.Content}",
                       3 => "> " + sample.Content.TrimEnd().Replace("\n", "\n> ", StringComparison.Ordinal),
                       4 => $"```\n{sample.Content}```\n",
                       _ => "\n\n" + sample.Content.Replace("\n", "\n\n", StringComparison.Ordinal),
                   },
               };
    }

    private static IEnumerable<LabelledSample> Made(int seed)
    {
        var random = new Random(seed);

        return from maker in LogMakers.All.Concat(ObservabilityMakers.All).Concat(StateMakers.All).Concat(ProseMakers.All).ToList()
               from index in Enumerable.Range(0, SamplesPerMaker)
               select maker.Make(random, index);
    }

    private static bool Offers(ClassifiedEvidence classified, EvidenceType type) =>
        classified.Type == type || classified.Alternatives.Any(other => other.Type == type);

    private static ClassifiedEvidence Classify(LabelledSample sample) =>
        EvidenceClassifier.Classify(sample.FileName, sample.Content, isBinary: false);

    /// <summary>The original has fewer types: what it has none for is right as OTHER.</summary>
    private static bool IsRight(EvidenceType type, string original) => type switch
    {
        EvidenceType.Logs => original == "LOG_FILE",
        EvidenceType.Config => original == "CONFIG_FILE",
        EvidenceType.ErrorReport => original == "ERROR_REPORT",
        EvidenceType.Documentation => original == "DOCUMENTATION",
        EvidenceType.Image => original == "SCREENSHOT",
        EvidenceType.Metrics => original is "METRICS" or "OTHER",
        _ => original == "OTHER",
    };

    private static string Tell(IEnumerable<LabelledSample> wrong) => string.Join('\n', wrong.Select(sample =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{sample.Type} ({sample.Origin}, \"{sample.FileName}\") was taken for {Classify(sample).Type} "
                + $"{Classify(sample).Confidence:0.00}: {sample.Content.ReplaceLineEndings(" ")[..Math.Min(80, sample.Content.Length)]}")));

    private void Write(string text) => output.WriteLine(text);
}
