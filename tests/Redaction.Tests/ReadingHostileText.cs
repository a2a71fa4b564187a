using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Tests;

/// <summary>Text made to cost time or memory, or to break its reader. It runs alone, as it measures the memory of the process.</summary>
[Collection(nameof(Alone))]
public sealed class ReadingHostileText
{
    private const int Megabyte = 1024 * 1024;

    [Fact]
    public void Mutated_text_breaks_nothing()
    {
        var fuzzing = new Fuzzing(seed: 3);
        for (var i = 0; i < 1_500; i++)
        {
            fuzzing.Try();
        }
    }

    [Fact]
    public void A_hundred_megabytes_on_one_line_take_no_more_memory_than_one()
    {
        const int Length = 100 * Megabyte;
        var piece = string.Concat(Enumerable.Repeat("cart48:12.5;node-7,x9f2c1e0a-7d9f8c6b5[10]", 1_500));
        using var scanner = new TextScanner(Redacted.Engine);
        var scanned = new List<ScannedPiece>();
        long read = 0;
        long? first = null;
        long most = 0;

        for (var nextLook = (long)Megabyte; read < Length; read += piece.Length)
        {
            scanner.Append(piece, scanned);
            scanned.Clear();
            if (read >= nextLook)
            {
                var used = GC.GetTotalMemory(forceFullCollection: true);
                first ??= used;
                most = Math.Max(most, used);
                nextLook += 10 * Megabyte;
            }
        }

        scanner.Complete(scanned);

        // The text alone is 200 MiB in memory. What other tests left behind may go meanwhile, but nothing may come.
        Assert.InRange(most - first!.Value, 0, 8 * Megabyte);
    }

    // What recognisers start at, over and over: each place could be looked at once more for every place after it.
    [Theory]
    [InlineData("password=")]
    [InlineData("-----BEGIN ")]
    [InlineData("eyJhbGciOi.")]
    [InlineData("https://a:b@")]
    [InlineData("cGFzc3dvcmQ9+")]
    [InlineData("%41")]
    [InlineData("\\u003d")]
    [InlineData("\\x70")]
    [InlineData("&#97;")]
    [InlineData("&commat;")]
    [InlineData("706173")]
    [InlineData("1 ")]
    [InlineData("::")]
    [InlineData("Ada, ")]
    [InlineData("\u200b")]
    [InlineData("\0")]
    [InlineData("\ud83d")]
    public void Recognisers_are_asked_in_proportion_to_the_text(string unit)
    {
        var once = Questions(string.Concat(Enumerable.Repeat(unit, 10_000)));
        var twice = Questions(string.Concat(Enumerable.Repeat(unit, 20_000)));

        Assert.InRange(twice, 0, (once * 2.2) + 100);
        Assert.InRange(once, 0, unit.Length * 10_000 * 4);
    }

    private static long Questions(string text)
    {
        var recognizers = RecognizerCatalogue.All().Select(inner => new Asked(inner)).ToArray();
        using var scanner = new TextScanner(new RecognitionEngine(recognizers));
        var scanned = new List<ScannedPiece>();
        scanner.Append(text, scanned);
        scanner.Complete(scanned);
        return recognizers.Sum(recognizer => recognizer.Times);
    }

    private sealed class Asked(Recognizer inner) : Recognizer
    {
        public long Times { get; private set; }

        public override IReadOnlyList<Literal> Literals => inner.Literals;

        public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
        {
            Times++;
            inner.Match(text, at, literal, findings);
        }
    }
}

/// <summary>Tests that measure the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
