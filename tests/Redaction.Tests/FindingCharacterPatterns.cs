using System.Runtime.Intrinsics.X86;
using System.Text.RegularExpressions;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// The index reports every pattern that a regular expression finds, wherever blocks of 64 characters and chunks of 4,096 are cut.
/// </summary>
public sealed partial class FindingCharacterPatterns
{
    private static readonly string[] s_pieces =
    [
        "a", "Zoe", "0", "9", " ", "  ", "\n", ".", ":", "-", "+", "(", ")", "/", "\\n", "%3D", "é", "Ö", "中", "\u001b[31m", "<EMAIL_1>",
        "abcdefghijkl", "0123456789AB", "Abcdefghijkl", "10.1.2.3",
        "10.20.30.400", "1.2.3", "255.255.255.255", "fe80:0:0:0:0:0:0:1", "02:00:5e:10:00:7f", "02-00-5E-10-00-7F", "10:15:02",
        "2026-03-01", "202-555-0143", "+44 7700 900123", "4111 1111 1111 1111",
        "123456", "1234567", "Ada Lovelace", "Ada", "Sigurdsson", "GC pause", "ada",
    ];

    private static readonly (CharacterPatterns CharacterPattern, Regex Form)[] s_forms =
    [
        (CharacterPatterns.LongWord, LongWord()), (CharacterPatterns.LongNumber, LongNumber()),
            (CharacterPatterns.DottedQuad, DottedQuad()), (CharacterPatterns.HexGroups, HexGroups()),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void None_is_missed(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 300; i++)
        {
            var text = string.Concat(random.GetItems(s_pieces, random.Next(1, 80)));
            AssertFound(text);
        }
    }

    [Fact]
    public void None_is_missed_across_the_borders_of_blocks_and_chunks()
    {
        foreach (var piece in s_pieces.Where(piece => piece.Length > 5))
        {
            for (var shift = 0; shift <= piece.Length; shift++)
            {
                AssertFound(new string(' ', 64 - shift) + piece);
                AssertFound("Ada" + new string('.', 4096 - 3 - shift) + piece + " Byron");
                AssertFound(new string(' ', 4096 - shift) + piece);
            }
        }
    }

    [Fact]
    public void Wide_registers_say_what_narrow_ones_do()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor has no wide registers.");
        var literals = RecognizerCatalogue.All().SelectMany(r => r.Literals).ToLookup(literal => literal.Start);
        var reader = new BlockReader(literals[LiteralStart.Anywhere], literals[LiteralStart.AtBoundary], CharacterPatterns.LongWord);
        var random = new Random(7);
        var bytes = new byte[(8 * BlockMasks.Length) + 16];
        for (var i = 0; i < 500; i++)
        {
            random.NextBytes(bytes);
            for (var at = 0; i % 2 == 0 && at < bytes.Length; at++)
            {
                bytes[at] &= 0x7f;
            }

            var narrow = new BlockMasks[8];
            var wide = new BlockMasks[8];
            reader.Read<Characters16>(bytes, narrow);
            reader.Read<Characters32>(bytes, wide);
            Assert.Equal(narrow, wide);
        }
    }

    private static void AssertFound(string text)
    {
        var recording = new Recording();
        new LiteralIndex([recording]).Match(text, new FindingList());
        Assert.All(recording.Places, place => Assert.True(Boundary.Before(text, place.At), $"{place} in {text}"));
        for (var at = 0; at < text.Length; at++)
        {
            var expected = s_forms.Where(form => form.Form.IsMatch(text, at) && Boundary.Before(text, at))
                .Select(form => form.CharacterPattern)
                .Concat(IsSecondCapital(text, at) && Boundary.Before(text, at) ? [CharacterPatterns.SecondCapital] : []);
            Assert.All(expected, pattern => Assert.Contains((at, pattern), recording.Places));
        }

        Assert.Equal(recording.Places.OrderBy(place => place.At).ThenBy(place => place.CharacterPattern), recording.Places);
    }

    private static bool IsSecondCapital(string text, int at) =>
        at > 1 && text[at - 1] == ' ' && (char.IsAsciiLetterUpper(text[at]) || !char.IsAscii(text[at]))
        && text[..(at - 1)].Split(' ')[^1].Any(c => char.IsAsciiLetterUpper(c) || !char.IsAscii(c));

    [GeneratedRegex(@"\G[A-Za-z0-9]{12}")]
    private static partial Regex LongWord();

    // In at most 64 characters.
    [GeneratedRegex(@"\G(?=[-0-9 ./()+]{7})(?:[0-9][- ./()+]{0,6}){7}")]
    private static partial Regex LongNumber();

    [GeneratedRegex(@"\G[0-9]{1,3}(?:\.[0-9]{1,3}){3}")]
    private static partial Regex DottedQuad();

    [GeneratedRegex(@"\G[0-9A-Fa-f]{1,4}(?:(?::[0-9A-Fa-f]{1,4}){5}|(?:-[0-9A-Fa-f]{1,4}){5})")]
    private static partial Regex HexGroups();

    private sealed class Recording : Recognizer
    {
        public List<(int At, CharacterPatterns CharacterPattern)> Places { get; } = [];

        public override CharacterPatterns CharacterPatterns => CharacterPatterns.LongWord | CharacterPatterns.LongNumber
            | CharacterPatterns.DottedQuad | CharacterPatterns.HexGroups | CharacterPatterns.SecondCapital;

        public override void MatchPattern(ReadOnlySpan<char> text, int at, CharacterPatterns pattern, FindingList findings) =>
            Places.Add((at, pattern));
    }
}
