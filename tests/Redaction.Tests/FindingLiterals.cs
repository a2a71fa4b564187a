using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Tests;

/// <summary>The index reports what a search for one literal after the other finds: no place less, none more, in the same order.</summary>
public sealed class FindingLiterals
{
    private static readonly Literal[] s_shipped =
        [.. RecognizerCatalogue.All().Concat(RecognizerCatalogue.Optional()).SelectMany(r => r.Literals)];

    // What literals and boundaries are made of, and what looks like it: other cases, letters and digits beyond ASCII, escapes,
    // placeholders, halves of pairs.
    private static readonly string[] s_noise =
    [
        "a", "Z", "0", "9", " ", "\n", "\0", ".", ":", "-", "+", "(", "=", "@", "_", "/", "\\", "\\n", "\\u003d", "%3D", "%", "\u001b[31m",
        "\u001b[38;5;196m", "m", "n", "<EMAIL_1>",
        "<", ">", "é", "ſ", "\u212a", "İ", "ı", "中", "٣", "\u200b", "\ud83d", "\ude00", "\uffff", "10.0.0.1", "abcdefgh", "0123ABCD",
        "fe80::1", "02:00:5e:10:00:7f", "deadbeef", "2026-03-01",
    ];

    private static readonly int[] s_borders = [62, 63, 64, 4094, 4095, 4096];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Those_that_ship_are_found_wherever_they_are(int seed)
    {
        var random = new Random(seed);
        AssertFound(s_shipped, [.. Enumerable.Range(0, 20).Select(_ => Text(random, s_shipped, random.Next(1, 60)))]);
    }

    [Fact]
    public void They_are_found_across_the_borders_of_blocks()
    {
        // 64 characters are read at a time, 4,096 together.
        foreach (var literal in s_shipped.Where((_, i) => i % 29 == 0))
        {
            AssertFound([literal], [.. s_borders.Select(at => new string(' ', at - literal.Text.Length + 1)
                + Written(literal, new Random(at)))]);
        }
    }

    [Fact]
    public void Any_others_are_found_too()
    {
        var random = new Random(5);
        for (var i = 0; i < 200; i++)
        {
            var literals = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Any(random)).ToArray();
            AssertFound(literals, [Text(random, literals, random.Next(1, 40)), Text(random, literals, random.Next(1, 40))]);
        }
    }

    private static void AssertFound(Literal[] literals, string[] texts)
    {
        var recording = new Recording(literals);
        var index = new LiteralIndex([recording]);
        foreach (var text in texts)
        {
            recording.Places.Clear();
            index.Match(text, new FindingList());

            var expected = from at in Enumerable.Range(0, text.Length)
                           from start in Enum.GetValues<LiteralStart>()
                           from literal in Enumerable.Range(0, literals.Length)
                           where literals[literal].Start == start && Stands(literals[literal], text, at)
                           select (at, literal);
            Assert.Equal(expected, recording.Places);
        }
    }

    private static bool Stands(Literal literal, string text, int at)
    {
        if (literal.Start != LiteralStart.Anywhere && !Boundary.Before(text, at))
        {
            return false;
        }

        return at + literal.Text.Length <= text.Length && literal.Text.Select((mark, i) => Fits(literal.Form, mark, text[at + i]))
            .All(fits => fits);
    }

    private static bool Fits(LiteralForm form, char mark, char c) => (form, mark) switch
    {
        (LiteralForm.Shape, '#') => char.IsAsciiDigit(c),
        (LiteralForm.Shape, 'x') => char.IsAsciiHexDigit(c),
        (LiteralForm.Exact, _) => c == mark,
        _ => c == mark || (char.IsAscii(c) == char.IsAscii(mark) && char.ToUpperInvariant(mark) == char.ToUpperInvariant(c)),
    };

    private static string Text(Random random, Literal[] literals, int pieces) =>
        string.Concat(Enumerable.Range(0, pieces)
            .Select(_ => random.Next(2) == 0 ? s_noise[random.Next(s_noise.Length)]
            : Piece(literals[random.Next(literals.Length)], random)));

    // A literal, whole or cut short, or with a character changed.
    private static string Piece(Literal literal, Random random)
    {
        var written = Written(literal, random).ToCharArray();
        written[random.Next(written.Length)] = random.Next(4) == 0 ? (char)random.Next(0, 0x250) : written[0];
        return random.Next(3) switch { 0 => Written(literal, random), 1 => new string(written), _ =>
            new string(written, 0, random.Next(1, written.Length + 1)) };
    }

    private static string Written(Literal literal, Random random) => string.Concat(literal.Text.Select(c => (literal.Form, c) switch
    {
        (LiteralForm.Shape, '#') => (char)('0' + random.Next(10)),
        (LiteralForm.Shape, 'x') => "0123456789abcdefABCDEF"[random.Next(22)],
        (LiteralForm.Exact, _) => c,
        _ => random.Next(2) == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c),
    }));

    private static Literal Any(Random random)
    {
        var text = new string(random.GetItems<char>("abkisABKIS019 .:-_#xéſ\u212a\\%<>\0", random.Next(1, 7)));
        return new Literal(text, (LiteralStart)random.Next(2), (LiteralForm)random.Next(3));
    }

    private sealed class Recording(IReadOnlyList<Literal> literals) : Recognizer
    {
        public List<(int At, int Literal)> Places { get; } = [];

        public override IReadOnlyList<Literal> Literals { get; } = literals;

        public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings) => Places.Add((at, literal));
    }
}
